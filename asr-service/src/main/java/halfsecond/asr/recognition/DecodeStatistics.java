// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.recognition;

import java.time.Duration;

/**
 * What one clip cost.
 *
 * @param decodeTime time a thread spent inside the engine
 * @param maxQueueTime longest time that audio waited for a thread
 * @param finalizeTime from the request to finish until the answer was ready
 * @param realTimeFactor decode time over decoded audio time, 0 without audio
 */
public record DecodeStatistics(
    Duration decodeTime, Duration maxQueueTime, Duration finalizeTime, double realTimeFactor) {}
