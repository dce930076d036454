// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.judge;

import java.time.Duration;

/**
 * How soon and how surely change is called, and how soon it is taken for granted: the setting of a
 * tenant or of all.
 *
 * @param period that the reference is made of, and beside which the latest values are put. Usually
 *     a day or several; shorter ones know of no rhythm of the day and watch no load
 * @param periods of which the reference is made at most, 1 or more
 * @param least values of a series before it is judged
 * @param certainty logarithm of the number of values that pass on average between two false alarms
 *     of one series: 19 for 180 million
 * @param newNormal after which a change that goes on is what is expected, and its alarm over
 */
public record Pace(Duration period, int periods, long least, double certainty, Duration newNormal) {
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final int PHASES = 24;
  private static final int ROUNDS = 8;
  private static final int LARGEST_BATCH = 100;
  private static final int SMALLEST_BATCH = 10;

  /**
   * People change over months: a week of whole days, no alarm without cause in years, and four
   * weeks before a change is taken for granted.
   */
  public static final Pace CONSUMER =
      new Pace(Duration.ofDays(1), 7, 1_000, 19, Duration.ofDays(28));

  /**
   * A customer can be another one overnight, and sends a tenth as much: three days, judged from 300
   * values on, and what has lasted a day is how it is now.
   */
  public static final Pace BUSINESS = new Pace(Duration.ofDays(1), 3, 300, 17, Duration.ofDays(1));

  public Pace {
    if (period.compareTo(SHORTEST) < 0
        || newNormal.compareTo(SHORTEST) < 0
        || periods < 1
        || least < 1
        || !(certainty > 0)) {
      throw new IllegalArgumentException(
          "a pace needs a period and a new normal of a second or more, and all else above 0");
    }
    if (period.compareTo(DAY) > 0 && period.toNanos() % DAY.toNanos() != 0) {
      throw new IllegalArgumentException("a period is at most a day, or whole days");
    }
  }

  /** Whether the hours of a day are told apart: only whole days have all of them. */
  boolean daily() {
    return period.compareTo(DAY) >= 0;
  }

  /** Parts of the day that have means of their own. */
  int phases() {
    return daily() ? PHASES : 1;
  }

  /**
   * Time between two looks at the latest period; nobody knows better than that when a slow change
   * began. For as long it must be calm before a change is over.
   */
  Duration round() {
    return period.dividedBy(ROUNDS);
  }

  /** Values of one period at least; a period that has fewer lasts into the next one. */
  long leastOfPeriod() {
    return (least + periods - 1) / periods;
  }

  /** Values whose means are compared to see how much neighbours resemble each other. */
  int batch() {
    return (int) Math.max(SMALLEST_BATCH, Math.min(LARGEST_BATCH, least / 10));
  }
}
