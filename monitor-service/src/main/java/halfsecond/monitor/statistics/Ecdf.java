// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.statistics;

import java.util.Arrays;

/**
 * An empirical distribution function: a step up at each value. Exact when it is made from samples;
 * as exact as its source when it is made from a sketch. Immutable, safe for use by any thread.
 */
public final class Ecdf {
  private final double[] values;
  private final double[] cumulative;
  private final long count;

  private Ecdf(double[] values, double[] cumulative, long count) {
    this.values = values;
    this.cumulative = cumulative;
    this.count = count;
  }

  /**
   * Of samples in any order.
   *
   * @throws IllegalArgumentException without samples, or with one that is not finite
   */
  public static Ecdf of(double... samples) {
    double[] weights = new double[samples.length];
    Arrays.fill(weights, 1);
    double[] sorted = samples.clone();
    Arrays.sort(sorted);
    return ofWeighted(sorted, weights, samples.length);
  }

  /**
   * Of values that stand for several samples each.
   *
   * @param sorted values, ascending, equal ones allowed
   * @param weights how much of the whole each stands for, in any unit, 0 or more and not all 0
   * @param count of the samples behind them
   * @throws IllegalArgumentException without values, or with ones that are not sorted or not finite
   */
  public static Ecdf ofWeighted(double[] sorted, double[] weights, long count) {
    if (sorted.length == 0 || sorted.length != weights.length || count < 1) {
      throw new IllegalArgumentException("a distribution needs values, and a weight for each");
    }
    double total = Arrays.stream(weights).sum();
    double[] values = new double[sorted.length];
    double[] cumulative = new double[sorted.length];
    int distinct = 0;
    double before = 0;
    for (int i = 0; i < sorted.length; i++) {
      requireInOrder(sorted, weights, i);
      if (weights[i] == 0) {
        continue;
      }
      before += weights[i];
      if (distinct == 0 || sorted[i] > values[distinct - 1]) {
        values[distinct++] = sorted[i];
      }
      cumulative[distinct - 1] = before / total;
    }
    if (distinct == 0) {
      throw new IllegalArgumentException("a distribution needs a weight above 0");
    }
    cumulative[distinct - 1] = 1;
    return new Ecdf(Arrays.copyOf(values, distinct), Arrays.copyOf(cumulative, distinct), count);
  }

  private static void requireInOrder(double[] sorted, double[] weights, int i) {
    if (!Double.isFinite(sorted[i]) || (i > 0 && sorted[i] < sorted[i - 1]) || !(weights[i] >= 0)) {
      throw new IllegalArgumentException("values must be finite and ascending, weights 0 or more");
    }
  }

  /** Samples behind it. */
  public long count() {
    return count;
  }

  /** Number of distinct values. */
  int steps() {
    return values.length;
  }

  /** The value of a step, ascending. */
  double value(int step) {
    return values[step];
  }

  /** Share of the samples at or below a step's value. */
  double cumulative(int step) {
    return cumulative[step];
  }

  /** Share of the samples below a step's value, also of the step after the last one. */
  double below(int step) {
    return step == 0 ? 0 : cumulative[step - 1];
  }

  /** Share of the samples at that step alone. */
  double share(int step) {
    return cumulative[step] - below(step);
  }

  /** Share of the samples at or below {@code value}, 0 to 1. */
  public double at(double value) {
    int found = Arrays.binarySearch(values, value);
    int last = found >= 0 ? found : -found - 2;
    return last < 0 ? 0 : cumulative[last];
  }

  /**
   * The smallest value at or below which at least the share {@code rank} of the samples lies.
   *
   * @param rank 0 to 1
   */
  public double quantile(double rank) {
    int found = Arrays.binarySearch(cumulative, rank);
    int step = found >= 0 ? found : -found - 1;
    return values[Math.min(step, values.length - 1)];
  }

  /** Mean of the samples. */
  public double mean() {
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      sum += share(i) * values[i];
    }
    return sum;
  }

  /** Standard deviation of the samples as a population: divided by their number. */
  public double standardDeviation() {
    double mean = mean();
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      sum += share(i) * (values[i] - mean) * (values[i] - mean);
    }
    return Math.sqrt(sum);
  }
}
