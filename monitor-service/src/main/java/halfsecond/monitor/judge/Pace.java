// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.judge;

import java.time.Duration;

/**
 * How soon and how surely change is called: the setting of a tenant or of all.
 *
 * @param period that the reference is made of, usually a day
 * @param periods of which the reference is made at most, 1 or more
 * @param least values of a series before it is judged
 * @param certainty logarithm of the number of values that pass on average between two false alarms
 *     of one series: 19 for 180 million
 */
public record Pace(Duration period, int periods, long least, double certainty) {
  /** People change over months: a week of whole days, and no alarm without cause in years. */
  public static final Pace CONSUMER = new Pace(Duration.ofDays(1), 7, 1_000, 19);

  public Pace {
    if (period.toSeconds() < 1 || periods < 1 || least < 1 || !(certainty > 0)) {
      throw new IllegalArgumentException("all of a pace must be above 0");
    }
  }
}
