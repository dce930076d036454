// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.session;

import halfsecond.router.audio.AudioFormat;
import halfsecond.router.model.ModelRequest;
import halfsecond.router.utterance.TrafficClass;
import java.time.Duration;
import java.util.Optional;

/**
 * What a client asked for, validated.
 *
 * @param interimResults whether it wants interim results
 * @param activityEvents whether it wants speech events
 * @param clientEndpointing whether it marks speech itself
 * @param endpointing absent values are the detector's defaults
 * @param budget final latency that binds; absent for BATCH and for a whole clip
 */
public record SessionConfig(
    AudioFormat format,
    ModelRequest model,
    RecognitionOptions recognition,
    TrafficClass trafficClass,
    boolean interimResults,
    boolean activityEvents,
    boolean clientEndpointing,
    EndpointingOptions endpointing,
    Optional<Duration> budget) {}
