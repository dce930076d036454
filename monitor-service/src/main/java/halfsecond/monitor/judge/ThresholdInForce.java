// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.judge;

import halfsecond.monitor.threshold.Target;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What decides now whether change of one series is an alarm.
 *
 * @param minimumEffect smallest change that is called at once: of a level in standard deviations of
 *     the reference, of a rate the difference of rates. What comes slowly is called from half of it
 *     on, unless somebody set it
 * @param significance largest probability of a false alarm of one round
 * @param minimumCount values of the latest period before it is put beside the reference
 * @param hold how long a change must have lasted
 * @param release how long it must be over
 * @param muted no alarm is raised
 * @param lowerLimit fixed, of metrics that have one; else null
 * @param upperLimit the same
 */
public record ThresholdInForce(
    Target target,
    double minimumEffect,
    double significance,
    long minimumCount,
    Duration hold,
    Duration release,
    boolean muted,
    @Nullable Double lowerLimit,
    @Nullable Double upperLimit) {
  static ThresholdInForce of(Target target, Watch watch) {
    Criteria criteria = watch.criteria();
    return new ThresholdInForce(
        target,
        watch.minimumEffect(),
        criteria.significance(),
        criteria.leastOfLatest(),
        criteria.hold(),
        criteria.release(),
        criteria.setting().muted(),
        null,
        null);
  }
}
