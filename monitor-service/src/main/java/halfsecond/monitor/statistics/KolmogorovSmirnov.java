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

  /** Up to this product of both sample sizes chance is counted out, which takes some 0.1 ms. */
  private static final long COUNTED = 40_000;

  /** Where counting would leave nothing but rounding errors. */
  private static final double LEAST_COUNTED = 1e-9;

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
   * The probability of such a distance, or a larger one, between two samples of the same
   * distribution. Exact for few values, if no two are equal (else at most too large).
   */
  static double pValue(double distance, long n, long m) {
    double limit = limitingPValue(distance, n, m);
    return limit > LEAST_COUNTED && n <= COUNTED && m <= COUNTED && n * m <= COUNTED
        ? countedPValue(distance, Math.toIntExact(n), Math.toIntExact(m))
        : limit;
  }

  /**
   * Both samples in ascending order are a path that goes one step up for a value of the one and one
   * to the right for a value of the other, and all paths are equally likely. The last step of a
   * path to (i, j) was upwards in i of i + j cases, which gives the share of the paths that never
   * went as far from the diagonal as {@code distance} row by row.
   */
  private static double countedPValue(double distance, int n, int m) {
    // In units of 1 / nm, and a little less, so that rounding makes no difference.
    double far = distance * n * m - 1e-6 * Math.min(n, m);
    double[] within = new double[m + 1];
    within[0] = 1;
    for (int i = 0; i <= n; i++) {
      for (int j = 0; j <= m; j++) {
        double up = i == 0 ? 0 : within[j] * i;
        double right = j == 0 ? 0 : within[j - 1] * j;
        if (i + j > 0) {
          within[j] = (up + right) / (i + j);
        }
        if (Math.abs((double) i * m - (double) j * n) >= far) {
          within[j] = 0;
        }
      }
    }
    return Math.min(1, Math.max(0, 1 - within[m]));
  }

  /**
   * Stephens' approximation of the limiting distribution: 2 sum (-1)^(k-1) exp(-2 k^2 l^2) with l =
   * (sqrt(e) + 0.12 + 0.11 / sqrt(e)) d and e = n m / (n + m). Good to a few parts in a thousand
   * from e = 4 on.
   */
  static double limitingPValue(double distance, long n, long m) {
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
