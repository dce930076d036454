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
  /** A part of the day with fewer values than this is believed only in part. */
  private static final double PRIOR = 100;

  /** How surely the inflation is no larger than it is taken for, in standard deviations. */
  private static final double SURE = 1.645;

  /** Neighbours never resemble each other more than this counts. */
  private static final double MOST_INFLATION = 10;

  private static final int LEAST_PERIODS = 3;
  private static final double TINY = 1e-9;

  private final long count;
  private final double mean;
  private final double deviation;
  private final double[] phases;
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
    phases = phases(periods, mean);
    // Von Neumann's ratio: differences of neighbours leave slow rhythms out.
    double expected = 2 * deviation * deviation / periods.get(0).batchSize();
    inflation =
        pairs == 0 || expected < TINY ? 1 : inflation(squaredDifferences / pairs / expected, pairs);
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

  private static double[] phases(List<PeriodOfValues> periods, double mean) {
    double[] means = new double[periods.get(0).phases()];
    for (int phase = 0; phase < means.length; phase++) {
      double n = PRIOR;
      double sum = PRIOR * mean;
      for (PeriodOfValues period : periods) {
        n += period.count(phase);
        sum += period.sum(phase);
      }
      means[phase] = sum / n;
    }
    return means;
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
    return phases.length;
  }

  /** The part of the day. */
  int phase(Instant at) {
    return PeriodOfValues.phase(at, phases.length);
  }

  /** What the mean is in this part of the day. */
  double expected(int phase) {
    return phases[phase];
  }

  /** What the mean is at this time of the day. */
  double expected(Instant at) {
    return phases[phase(at)];
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
