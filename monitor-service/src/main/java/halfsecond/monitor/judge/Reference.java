// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.judge;

import halfsecond.monitor.sketch.ValueSketch;
import halfsecond.monitor.statistics.Ecdf;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a series is like when nothing is wrong: its mean for each hour of the day, how far values
 * scatter around it, how much neighbours resemble each other, and how much one day differs from the
 * next. Immutable.
 */
final class Reference {
  /** An hour with fewer values than this is believed only in part. */
  private static final double PRIOR = 100;

  /** Neighbours never resemble each other more than this counts. */
  private static final double MOST_INFLATION = 10;

  private static final int LEAST_DAYS = 3;
  private static final double TINY = 1e-9;

  private final long count;
  private final double mean;
  private final double deviation;
  private final double[] hours;
  private final double inflation;
  private final double dayDeviation;
  private final @Nullable Ecdf distribution;

  private Reference(List<DayOfValues> days) {
    long n = 0;
    double sum = 0;
    double squares = 0;
    long pairs = 0;
    double squaredDifferences = 0;
    ValueSketch all = new ValueSketch();
    for (DayOfValues day : days) {
      n += day.count();
      sum += day.sum();
      squares += day.squares();
      pairs += day.differences();
      squaredDifferences += day.squaredDifferences();
      all.merge(day.sketch());
    }
    count = n;
    mean = sum / n;
    deviation = Math.sqrt(Math.max(0, squares / n - mean * mean));
    hours = hours(days, mean);
    // Von Neumann's ratio: differences of neighbours leave slow rhythms out.
    double expected = 2 * deviation * deviation / DayOfValues.BATCH;
    inflation =
        pairs == 0 || expected < TINY
            ? 1
            : Math.min(MOST_INFLATION, Math.max(1, squaredDifferences / pairs / expected));
    dayDeviation = dayDeviation(days);
    distribution = all.count() == 0 ? null : all.distribution();
  }

  /** Of days of which at least one has values. */
  static Reference of(List<DayOfValues> days) {
    return new Reference(days);
  }

  private static double[] hours(List<DayOfValues> days, double mean) {
    double[] means = new double[DayOfValues.HOURS];
    for (int hour = 0; hour < means.length; hour++) {
      double n = PRIOR;
      double sum = PRIOR * mean;
      for (DayOfValues day : days) {
        n += day.count(hour);
        sum += day.sum(hour);
      }
      means[hour] = sum / n;
    }
    return means;
  }

  private static double dayDeviation(List<DayOfValues> days) {
    List<Double> means =
        days.stream().filter(day -> day.count() > 0).map(day -> day.sum() / day.count()).toList();
    if (means.size() < LEAST_DAYS) {
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

  /** What the mean is at this time of the day. */
  double expected(Instant at) {
    return hours[DayOfValues.hour(at)];
  }

  /**
   * By how much the variance of a mean is larger than it would be if the values were independent, 1
   * to 10: several utterances of one user resemble each other.
   */
  double inflation() {
    return inflation;
  }

  /** Standard deviation of the means of days; 0 while too few are known. */
  double dayDeviation() {
    return dayDeviation;
  }

  /** Null where only rates are kept. */
  @Nullable Ecdf distribution() {
    return distribution;
  }
}
