// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.judge;

import java.time.Instant;

/**
 * A change of one series, with what it rests on.
 *
 * @param change how it came
 * @param began when, as estimated
 * @param found when it was certain
 * @param count values from its beginning until it was certain
 * @param before what the mean or rate should have been
 * @param after what it was
 * @param effect the change: of a level in standard deviations of the reference, of a rate the
 *     difference of the rates
 * @param error standard error of the effect, in its unit
 * @param statistic of the test
 * @param limit that the statistic crossed
 * @param referenceCount values that the reference rests on
 */
public record Finding(
    Change change,
    Instant began,
    Instant found,
    long count,
    double before,
    double after,
    double effect,
    double error,
    double statistic,
    double limit,
    long referenceCount) {
  /** Standard errors: further off is one estimate in forty, to either side. */
  private static final double SURE = 2;

  /** How a change came. */
  public enum Change {
    /** From one moment to the next: a cumulative sum crossed its limit. */
    SUDDEN,
    /** So slowly that only days beside each other show it. */
    GRADUAL
  }

  /**
   * What the effect is at least, without its sign. A change is found when it looks largest, so that
   * of few values the effect says too much.
   */
  double atLeast() {
    return Math.max(0, Math.abs(effect) - SURE * error);
  }
}
