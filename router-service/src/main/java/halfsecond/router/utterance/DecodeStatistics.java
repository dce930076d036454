// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.utterance;

import java.time.Duration;

/**
 * What recognizing one clip cost, as reported by recognition itself.
 *
 * @param finalizeTime from being told to finish until the final was ready, queueing included
 * @param realTimeFactor processor time of decoding over audio time
 */
public record DecodeStatistics(
    Duration decodeTime, Duration maxQueueTime, Duration finalizeTime, double realTimeFactor) {
  /** Of an answer that was given without recognition. */
  public static final DecodeStatistics NONE =
      new DecodeStatistics(Duration.ZERO, Duration.ZERO, Duration.ZERO, 0);
}
