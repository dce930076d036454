// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.judge;

import halfsecond.monitor.threshold.Setting;
import halfsecond.monitor.window.CohortKey;
import java.time.Duration;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * When change of one series becomes an alarm: what its pace says, but for what somebody set.
 * Immutable.
 *
 * @param everybody whether the series is that of everybody together
 */
record Criteria(Pace pace, Setting setting, boolean everybody) {
  /** Largest probability of a false alarm of one round, all its comparisons together. */
  static final double SIGNIFICANCE = 0.001;

  /** Nothing is set. Of everybody if there is no cohort. */
  static Criteria of(Pace pace, @Nullable CohortKey cohort) {
    return new Criteria(pace, Setting.NONE, cohort == null);
  }

  /** The same with something else set. */
  Criteria with(Setting other) {
    return new Criteria(pace, other, everybody);
  }

  /** As it is set; empty if it follows the variation of the series. */
  OptionalDouble minimumEffect() {
    Double set = setting.minimumEffect();
    return set == null ? OptionalDouble.empty() : OptionalDouble.of(set);
  }

  double significance() {
    Double set = setting.significance();
    return set == null ? SIGNIFICANCE : set;
  }

  /**
   * Logarithm of the number of values that pass on average between two false alarms: as many times
   * fewer than the pace has as a round may be wrong more often.
   */
  double certainty() {
    return pace.certainty() + Math.log(SIGNIFICANCE / significance());
  }

  /** Values of the latest period before it is put beside the reference. */
  long leastOfLatest() {
    Long set = setting.minimumCount();
    return set == null ? Math.max(1, pace.least() / 2) : set;
  }

  /** Values that a sudden change must show in. */
  long leastOfSudden() {
    Long set = setting.minimumCount();
    return set == null ? 1 : set;
  }

  Duration hold() {
    Duration set = setting.hold();
    return set == null ? Duration.ZERO : set;
  }

  Duration release() {
    Duration set = setting.release();
    return set == null ? pace.round() : set;
  }
}
