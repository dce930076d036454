// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.utterance;

import java.time.Duration;
import java.util.Optional;

/**
 * Where the time of one final went: durations since the end of speech, none negative, none less
 * than the one before.
 *
 * @param speechEndOffset the end of speech in the client's audio
 * @param endpointDecided when the endpoint reached the router; the share of stage vad
 * @param routed when recognition had been told to finish; ends stage route
 * @param decodeDone when the final hypothesis reached the router; ends stage asr
 * @param sent when the final was handed to the connection: the final latency; ends stage deliver
 * @param budget the session's budget, where one holds
 * @param asrFinalize what recognition reports about itself
 * @param attempts times that recognition was tried
 */
public record Latency(
    Duration speechEndOffset,
    Duration endpointDecided,
    Duration routed,
    Duration decodeDone,
    Duration sent,
    Optional<Duration> budget,
    Duration asrFinalize,
    int attempts) {}
