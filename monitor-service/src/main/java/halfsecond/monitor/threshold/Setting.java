// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.threshold;

import halfsecond.monitor.record.Limits;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What somebody set in place of what the judge takes by itself. What is null is left to the judge.
 *
 * @param minimumEffect smallest effect that is worth an alarm, above 0: of a level in standard
 *     deviations, of a rate the difference of rates
 * @param significance largest probability of a false alarm of one round, above 0 to 0.5
 * @param minimumCount fewest values that a change must show in, 1 or more
 * @param hold how long it must have lasted before it is an alarm, 0 to 24 h
 * @param release how long it must be over before the alarm is, 0 to 24 h
 * @param muted no alarm is raised, whatever changes
 * @param lowerLimit below which there is an alarm, of a metric with fixed limits
 * @param upperLimit above which there is one; not below the lower limit
 */
public record Setting(
    @Nullable Double minimumEffect,
    @Nullable Double significance,
    @Nullable Long minimumCount,
    @Nullable Duration hold,
    @Nullable Duration release,
    boolean muted,
    @Nullable Double lowerLimit,
    @Nullable Double upperLimit) {
  /** All of it is left to the judge. */
  public static final Setting NONE = new Setting(null, null, null, null, null, false);

  private static final double MOST_SIGNIFICANCE = 0.5;
  private static final Duration LONGEST = Duration.ofHours(24);

  /** Refuses with {@code FIELD_INVALID} what is out of the limits of the contract. */
  public Setting {
    Limits.check(
        minimumEffect == null || (minimumEffect > 0 && Double.isFinite(minimumEffect)),
        "threshold.minimum_effect",
        "above 0");
    Limits.check(
        significance == null || (significance > 0 && significance <= MOST_SIGNIFICANCE),
        "threshold.significance",
        "above 0 to " + MOST_SIGNIFICANCE);
    Limits.check(minimumCount == null || minimumCount >= 1, "threshold.minimum_count", "1 or more");
    Limits.upToIfSet("threshold.hold", hold, LONGEST);
    Limits.upToIfSet("threshold.release", release, LONGEST);
    Limits.check(
        lowerLimit == null || Double.isFinite(lowerLimit), "threshold.lower_limit", "a number");
    Limits.check(
        upperLimit == null
            || (Double.isFinite(upperLimit) && (lowerLimit == null || upperLimit >= lowerLimit)),
        "threshold.upper_limit",
        "a number, not below the lower limit");
  }

  /** Without fixed limits. */
  public Setting(
      @Nullable Double minimumEffect,
      @Nullable Double significance,
      @Nullable Long minimumCount,
      @Nullable Duration hold,
      @Nullable Duration release,
      boolean muted) {
    this(minimumEffect, significance, minimumCount, hold, release, muted, null, null);
  }

  /** Whether it has fixed limits. */
  public boolean limited() {
    return lowerLimit != null || upperLimit != null;
  }

  /** Of which only the smallest effect is known: what the judge took by itself. */
  public static Setting adapted(double minimumEffect) {
    return new Setting(minimumEffect, null, null, null, null, false);
  }
}
