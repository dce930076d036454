// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.statistics;

/**
 * The two-sample Kolmogorov-Smirnov test: how far two distribution functions are apart at most.
 * With many samples every difference is significant, so a judgement needs {@link #distance} too.
 *
 * @param distance largest difference of the two functions, 0 to 1
 * @param pValue two-sided
 */
public record KolmogorovSmirnov(double distance, double pValue) {
  private static final int TERMS = 100;

  /** Compares two distributions. */
  public static KolmogorovSmirnov test(Ecdf reference, Ecdf current) {
    return test(reference, current, 0);
  }

  /**
   * Compares two distributions that are known only so well.
   *
   * @param rankError by how much the two functions may be off, together: that much of the distance
   *     proves nothing
   */
  public static KolmogorovSmirnov test(Ecdf reference, Ecdf current, double rankError) {
    double distance = distance(reference, current);
    double proven = Math.max(0, distance - rankError);
    return new KolmogorovSmirnov(distance, pValue(proven, reference.count(), current.count()));
  }

  /**
   * Largest difference of two distribution functions. Both are level between their steps, so it is
   * at one of them; once one has reached 1 the other only comes nearer.
   */
  public static double distance(Ecdf reference, Ecdf current) {
    double largest = 0;
    int i = 0;
    int j = 0;
    while (i < reference.steps() && j < current.steps()) {
      double here = reference.value(i);
      double there = current.value(j);
      i += here <= there ? 1 : 0;
      j += there <= here ? 1 : 0;
      largest = Math.max(largest, Math.abs(reference.below(i) - current.below(j)));
    }
    return largest;
  }

  /**
   * Stephens' approximation of the limiting distribution: 2 sum (-1)^(k-1) exp(-2 k^2 l^2) with l =
   * (sqrt(e) + 0.12 + 0.11 / sqrt(e)) d and e = n m / (n + m). Good to a few parts in a thousand
   * from e = 4 on.
   */
  static double pValue(double distance, long n, long m) {
    double root = Math.sqrt((double) n * m / ((double) n + m));
    double lambda = (root + 0.12 + 0.11 / root) * distance;
    double sum = 0;
    double sign = 1;
    for (int k = 1; k <= TERMS; k++) {
      double term = sign * Math.exp(-2 * k * k * lambda * lambda);
      sum += term;
      if (Math.abs(term) <= 1e-12 * Math.abs(sum) || Math.abs(term) <= 1e-300) {
        return Math.min(1, Math.max(0, 2 * sum));
      }
      sign = -sign;
    }
    // It only does not converge where the distance is next to nothing.
    return 1;
  }
}
