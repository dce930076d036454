// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.session;

import halfsecond.router.utterance.TrafficClass;

/**
 * One attempt at one clip.
 *
 * @param attempt 1 for the first
 */
public record ClipRequest(
    String modelVersion,
    String utteranceId,
    int attempt,
    RecognitionOptions options,
    TrafficClass trafficClass) {}
