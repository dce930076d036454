// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.statistics;

import halfsecond.monitor.statistics.Proportion.Interval;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.inference.AlternativeHypothesis;
import org.apache.commons.statistics.inference.FisherExactTest;

/**
 * Compares two proportions.
 *
 * @param difference current rate less that of the reference
 * @param interval Newcombe's, of the difference
 * @param pValue two-sided; of Fisher's exact test where events are expected to be few, else of the
 *     pooled z-test
 * @param exact whether it is Fisher's
 */
public record ProportionTest(double difference, Interval interval, double pValue, boolean exact) {
  /** The normal approximation fails below so many expected events or non-events in a cell. */
  private static final double FEW = 5;

  /** Beyond that Fisher's test takes too long, and nothing is few any more. */
  private static final long MANY = 1_000_000;

  /**
   * Compares {@code current} with {@code reference}.
   *
   * @param confidence of the interval, e.g. 0.95
   * @throws IllegalArgumentException if either has no trials
   */
  public static ProportionTest of(Proportion reference, Proportion current, double confidence) {
    if (reference.trials() == 0 || current.trials() == 0) {
      throw new IllegalArgumentException("both need trials");
    }
    boolean exact = few(reference, current) && reference.trials() + current.trials() <= MANY;
    double pValue = exact ? fisher(reference, current) : twoSided(z(reference, current));
    return new ProportionTest(
        current.rate() - reference.rate(), newcombe(reference, current, confidence), pValue, exact);
  }

  /** The pooled z statistic of current less reference; 0 when there are no events at all. */
  public static double z(Proportion reference, Proportion current) {
    double pooled = reference.plus(current).rate();
    double variance = pooled * (1 - pooled) * (1.0 / reference.trials() + 1.0 / current.trials());
    return variance == 0 ? 0 : (current.rate() - reference.rate()) / Math.sqrt(variance);
  }

  private static double twoSided(double z) {
    return 2 * NormalDistribution.of(0, 1).survivalProbability(Math.abs(z));
  }

  private static boolean few(Proportion one, Proportion other) {
    double rate = one.plus(other).rate();
    double smaller = Math.min(one.trials(), other.trials());
    return smaller * Math.min(rate, 1 - rate) < FEW;
  }

  private static double fisher(Proportion reference, Proportion current) {
    int[][] table = {
      {(int) current.events(), (int) (current.trials() - current.events())},
      {(int) reference.events(), (int) (reference.trials() - reference.events())}
    };
    return FisherExactTest.withDefaults()
        .with(AlternativeHypothesis.TWO_SIDED)
        .test(table)
        .getPValue();
  }

  /** From the Wilson intervals of both (Newcombe 1998, method 10). */
  private static Interval newcombe(Proportion reference, Proportion current, double confidence) {
    Interval was = reference.interval(confidence);
    Interval is = current.interval(confidence);
    double difference = current.rate() - reference.rate();
    double down = Math.hypot(current.rate() - is.low(), was.high() - reference.rate());
    double up = Math.hypot(is.high() - current.rate(), reference.rate() - was.low());
    return new Interval(difference - down, difference + up);
  }
}
