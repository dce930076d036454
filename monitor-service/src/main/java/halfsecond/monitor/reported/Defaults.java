// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.reported;

import halfsecond.monitor.judge.ThresholdInForce;
import halfsecond.monitor.threshold.Setting;
import halfsecond.monitor.threshold.Target;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What decides unless somebody sets something else.
 *
 * @param minimumEffect in the unit of the test's effect; 0 if any counts
 * @param significance of one look; 0 if the test has none
 * @param minimumCount samples that an alarm takes at least, unless it is about silence
 * @param hold how long it must be outside until it is an alarm
 * @param upperLimit null if there is none
 */
record Defaults(
    double minimumEffect,
    double significance,
    long minimumCount,
    Duration hold,
    @Nullable Double upperLimit) {
  /**
   * There are 24 looks a day that have no samples in common: with a hundred metrics this makes one
   * false alarm in forty days.
   */
  static final double SIGNIFICANCE = 1e-5;

  /** How long it must be back. */
  private static final Duration RELEASE = Duration.ofMinutes(10);

  /** Without a limit. */
  Defaults(double minimumEffect, double significance, long minimumCount, Duration hold) {
    this(minimumEffect, significance, minimumCount, hold, null);
  }

  /** What decides when somebody has set something else. */
  ThresholdInForce with(Target target, Setting set) {
    return new ThresholdInForce(
        target,
        or(set.minimumEffect(), minimumEffect),
        or(set.significance(), significance),
        or(set.minimumCount(), minimumCount),
        or(set.hold(), hold),
        or(set.release(), RELEASE),
        set.muted(),
        set.lowerLimit(),
        // Who sets one limit says what both are.
        set.limited() ? set.upperLimit() : upperLimit);
  }

  private static <T> T or(@Nullable T set, T usual) {
    return set == null ? usual : set;
  }
}
