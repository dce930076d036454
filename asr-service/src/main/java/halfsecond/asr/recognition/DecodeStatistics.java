// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.recognition;

import java.time.Duration;

/**
 * What one clip cost, up to its answer.
 *
 * @param decodeTime wall time that a thread spent inside the engine; includes waiting for a
 *     processor that was busy with something else
 * @param maxQueueTime longest time that audio waited for a thread
 * @param finalizeTime from the request to finish until the answer was ready
 * @param realTimeFactor processor time of decoding over decoded audio time, 0 without audio
 */
public record DecodeStatistics(
    Duration decodeTime, Duration maxQueueTime, Duration finalizeTime, double realTimeFactor) {
  static double realTimeFactor(long costNanos, long samples) {
    return samples == 0 ? 0 : costNanos * 1e-9 * Recognizer.SAMPLE_RATE / samples;
  }
}
