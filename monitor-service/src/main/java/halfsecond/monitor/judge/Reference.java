// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.judge;

import halfsecond.monitor.sketch.ValueSketch;
import halfsecond.monitor.statistics.Ecdf;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a series is like when nothing is wrong: its mean for each part of the day, how far values
 * scatter around it, how much neighbours resemble each other, and how much one period differs from
 * the next. Immutable.
 */
final class Reference {
  /** How surely the inflation is no larger than it is taken for, in standard deviations. */
  private static final double SURE = 1.645;

  /** Neighbours never resemble each other more than this counts. */
  private static final double MOST_INFLATION = 10;

  private static final int LEAST_PERIODS = 3;
  private static final double TINY = 1e-9;

  private final long count;
  private final double mean;
  private final double deviation;
  private final int phases;
  private final Rhythm rhythm;
  private final double inflation;
  private final double periodDeviation;
  private final @Nullable Ecdf distribution;

  private Reference(List<PeriodOfValues> periods) {
    long n = 0;
    double sum = 0;
    double squares = 0;
    long pairs = 0;
    double squaredDifferences = 0;
    ValueSketch all = new ValueSketch();
    for (PeriodOfValues period : periods) {
      n += period.count();
      sum += period.sum();
      squares += period.squares();
      pairs += period.differences();
      squaredDifferences += period.squaredDifferences();
      all.merge(period.sketch());
    }
    count = n;
    mean = sum / n;
    deviation = Math.sqrt(Math.max(0, squares / n - mean * mean));
    // Von Neumann's ratio: differences of neighbours leave slow rhythms out.
    double expected = 2 * deviation * deviation / periods.get(0).batchSize();
    inflation =
        pairs == 0 || expected < TINY ? 1 : inflation(squaredDifferences / pairs / expected, pairs);
    phases = periods.get(0).phases();
    rhythm = rhythm(periods, phases, inflation * deviation * deviation);
    periodDeviation = periodDeviation(periods);
    distribution = all.count() == 0 ? null : all.distribution();
  }

  /** What little is known of may be larger. */
  private static double inflation(double estimate, long pairs) {
    double most = Math.max(1, estimate) * (1 + SURE * Math.sqrt(2.0 / pairs));
    return Math.min(MOST_INFLATION, most);
  }

  /** Of at least one period of the same pace, all of which have values. */
  static Reference of(List<PeriodOfValues> periods) {
    return new Reference(periods);
  }

  private static Rhythm rhythm(List<PeriodOfValues> periods, int phases, double variance) {
    long[] counts = new long[phases];
    double[] sums = new double[phases];
    for (PeriodOfValues period : periods) {
      for (int phase = 0; phase < phases; phase++) {
        counts[phase] += period.count(phase);
        sums[phase] += period.sum(phase);
      }
    }
    return new Rhythm(counts, sums, variance);
  }

  private static double periodDeviation(List<PeriodOfValues> periods) {
    List<Double> means = periods.stream().map(period -> period.sum() / period.count()).toList();
    if (means.size() < LEAST_PERIODS) {
      return 0;
    }
    double centre = means.stream().mapToDouble(it -> it).average().orElse(0);
    double squares = means.stream().mapToDouble(it -> (it - centre) * (it - centre)).sum();
    return Math.sqrt(squares / (means.size() - 1));
  }

  long count() {
    return count;
  }

  double mean() {
    return mean;
  }

  /** Standard deviation of the values. */
  double deviation() {
    return deviation;
  }

  /** Parts of the day that have means of their own. */
  int phases() {
    return phases;
  }

  /** The part of the day. */
  int phase(Instant at) {
    return PeriodOfValues.phase(at, phases);
  }

  /** What the mean is in this part of the day. */
  double expected(int phase) {
    return rhythm.mean(phase);
  }

  /** What the mean is at this time of the day. */
  double expected(Instant at) {
    return rhythm.mean(phase(at));
  }

  /**
   * By how much the variance of a mean is larger than it would be if the values were independent, 1
   * to 10: several utterances of one user resemble each other.
   */
  double inflation() {
    return inflation;
  }

  /** Standard deviation of the means of periods; 0 while too few are known. */
  double periodDeviation() {
    return periodDeviation;
  }

  /** Null where only rates are kept. */
  @Nullable Ecdf distribution() {
    return distribution;
  }
}
