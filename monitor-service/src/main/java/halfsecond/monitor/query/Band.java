// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.query;

import halfsecond.monitor.catalogue.Metric;
import halfsecond.monitor.window.Aggregate;

/**
 * Where a number should lie: around what it was at times that should be alike, as far off as these
 * differ among each other and as so few samples may differ by chance, times three.
 *
 * @param lower inclusive
 * @param upper inclusive
 */
public record Band(double lower, double upper) {
  /** As in a control chart: of 370 steps in which all is well one lies outside. */
  private static final double SIGMAS = 3;

  /**
   * What a step is set beside.
   *
   * @param sum of all times that should be alike
   * @param times how many
   * @param seconds that they were long, together
   */
  record Base(Aggregate sum, int times, double seconds) {}

  /**
   * Of a step.
   *
   * @param variance from time to time, see {@link Variation}
   * @param step what was measured in the step
   * @param seconds that the step is long, as far as it is over
   */
  static Band of(Metric.Kind kind, Base base, double variance, Aggregate step, double seconds) {
    double expected = MainNumber.of(kind, base.sum(), base.seconds());
    double one = MainNumber.varianceOfOne(kind, base.sum());
    double known = MainNumber.count(kind, base.sum());
    // A counter that has stopped is no less well known than one that goes on.
    double here =
        kind == Metric.Kind.COUNTER
            ? Math.max(1, known * seconds / base.seconds())
            : MainNumber.count(kind, step);
    double half =
        SIGMAS
            * MainNumber.scale(kind, expected)
            * Math.sqrt(variance * (1 + 1.0 / base.times()) + one / here + one / known);
    if (kind == Metric.Kind.PROPORTION) {
      // Of few trials each event is a large step, and rare events are not spread evenly around.
      half += 0.5 / here;
    }
    return within(kind, base.sum(), expected - half, expected + half);
  }

  /** No further than the number can go. */
  private static Band within(Metric.Kind kind, Aggregate sum, double lower, double upper) {
    boolean positive =
        kind == Metric.Kind.COUNTER
            || kind == Metric.Kind.PROPORTION
            || sum.values().minimum() >= 0;
    return new Band(
        positive ? Math.max(0, lower) : lower,
        kind == Metric.Kind.PROPORTION ? Math.min(1, upper) : upper);
  }

  /** Whether a number lies where it should. */
  public boolean contains(double number) {
    return number >= lower && number <= upper;
  }
}
