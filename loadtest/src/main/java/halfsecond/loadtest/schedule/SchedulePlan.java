// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.schedule;

import java.time.Duration;

/**
 * What a schedule is made from; the same plan always makes the same schedule.
 *
 * @param qps mean rate after the ramp, above 0
 * @param duration in which queries start, ramp included
 * @param ramp the rate grows from 0 to {@code qps} in it; zero for none
 * @param seed of arrivals and of the choice of queries
 */
public record SchedulePlan(
    Arrivals arrivals, double qps, Duration duration, Duration ramp, long seed) {
  public SchedulePlan {
    if (!(qps > 0) || Double.isInfinite(qps)) {
      throw new IllegalArgumentException("the rate must be above 0, and is " + qps);
    }
    if (duration.isNegative() || duration.isZero()) {
      throw new IllegalArgumentException("the duration must be above 0, and is " + duration);
    }
    if (ramp.isNegative() || ramp.compareTo(duration) > 0) {
      throw new IllegalArgumentException("the ramp must fit into the duration, and is " + ramp);
    }
  }
}
