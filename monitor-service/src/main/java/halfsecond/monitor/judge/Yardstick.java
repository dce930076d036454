// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.judge;

import java.time.Instant;

/**
 * What the values of one series are judged by: how much each speaks for a change, when that is
 * enough, and whether a whole period is another one than those of the reference. Made for one
 * reference; immutable.
 */
sealed interface Yardstick permits LevelYardstick, RateYardstick {
  /** Periods that differ so much are ordinary, in standard deviations of their means. */
  double ORDINARY = 3;

  /** Of what is notable at once: what comes slowly is to be seen before it is large. */
  double SLOW = 0.5;

  static Yardstick of(Watched watched, Criteria criteria, Reference reference) {
    return switch (watched.kind()) {
      case LEVEL -> new LevelYardstick(watched, criteria, reference);
      case RATE -> new RateYardstick(watched, criteria, reference);
    };
  }

  /** The smallest change that is called at once before anything is known of the series. */
  static double beginning(Watched watched) {
    return switch (watched.kind()) {
      case LEVEL -> watched.notable();
      case RATE -> RateYardstick.LEAST_DIFFERENCE;
    };
  }

  /** The smallest change that is called at once, in the unit of an effect. */
  double notable();

  /** What the mean should be at this time. */
  double expected(Instant at);

  /** How much the value speaks for a rise; below 0 if it speaks against one. */
  double rise(double value, Instant at);

  /** How much it speaks for a fall. */
  double fall(double value, Instant at);

  /** What the sum of rises must reach before one is certain. */
  double riseLimit(Instant at);

  /** What the sum of falls must reach before one is certain. */
  double fallLimit(Instant at);

  /** The change from one mean to another as {@link Finding#effect()} gives it. */
  double effect(double before, double after);

  /** An effect that is worth no alarm, however it came: half of what is notable unless set. */
  double negligible();

  /**
   * Standard deviation of one value in the unit of an effect, so much larger that means of values
   * that resemble each other come out right.
   */
  double noise();

  /** Standard error of an effect that was seen in so many values. */
  default double error(long count) {
    return noise() / Math.sqrt((double) count);
  }

  /** Values that the reference rests on. */
  long referenceCount();

  /** The latest values, a whole period of them, beside the reference. */
  Comparison compare(RecentPeriod.Values latest);
}
