// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.statistics;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;

/**
 * The population stability index over bins that hold equal parts of the reference: sum (q - p) ln(q
 * / p). What it is without any drift depends on the number of samples, so it never stands without
 * its {@link #limit}.
 */
public final class PopulationStability {
  /** An index of this much is worth a look, if there were samples enough to tell. */
  public static final double NOTABLE = 0.1;

  /** Stands for a bin that is empty, whose logarithm would have no bound. */
  private static final double EMPTY = 1e-4;

  private PopulationStability() {}

  /**
   * Of shares by bin.
   *
   * @param reference shares that add up to 1
   * @param current shares of the same bins
   */
  public static double index(double[] reference, double[] current) {
    if (reference.length != current.length) {
      throw new IllegalArgumentException("both need the same bins");
    }
    double sum = 0;
    for (int i = 0; i < reference.length; i++) {
      double p = Math.max(EMPTY, reference[i]);
      double q = Math.max(EMPTY, current[i]);
      sum += (q - p) * Math.log(q / p);
    }
    return sum;
  }

  /**
   * Of two distributions, over quantiles of the reference. Values that are frequent make one bin of
   * several.
   *
   * @param bins at most so many, at least 2
   */
  public static Result compare(Ecdf reference, Ecdf current, int bins) {
    double[] was = new double[bins];
    double[] is = new double[bins];
    int used = 0;
    double wasBefore = 0;
    double isBefore = 0;
    for (int i = 1; i <= bins && wasBefore < 1; i++) {
      double edge = i == bins ? Double.POSITIVE_INFINITY : reference.quantile((double) i / bins);
      double wasHere = reference.at(edge);
      if (wasHere > wasBefore) {
        double isHere = wasHere >= 1 ? 1 : current.at(edge);
        was[used] = wasHere - wasBefore;
        is[used++] = isHere - isBefore;
        wasBefore = wasHere;
        isBefore = isHere;
      }
    }
    double[] p = Arrays.copyOf(was, used);
    double[] q = Arrays.copyOf(is, used);
    return new Result(index(p, q), used, reference.count(), current.count());
  }

  /**
   * What the index stays below without drift: it is then distributed as chi squared with one degree
   * of freedom less than bins, times (1/n + 1/m) (arXiv 2307.11878).
   *
   * @param bins at least 2
   * @param probability with which it stays below, e.g. 0.999
   */
  public static double limit(int bins, long n, long m, double probability) {
    return ChiSquaredDistribution.of(bins - 1).inverseCumulativeProbability(probability)
        * (1.0 / n + 1.0 / m);
  }

  /**
   * An index and what it was made from.
   *
   * @param bins that were used; one when the reference has a single value
   */
  public record Result(double index, int bins, long reference, long current) {
    /** Whether it is notable, and above what the number of samples explains. */
    public boolean drifted(double probability) {
      return bins > 1 && index >= NOTABLE && index > limit(bins, reference, current, probability);
    }
  }
}
