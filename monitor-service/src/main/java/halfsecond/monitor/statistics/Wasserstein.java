// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.statistics;

/**
 * The first Wasserstein distance: by how much the samples of one distribution have to be moved on
 * average to become the other.
 */
public final class Wasserstein {
  private Wasserstein() {}

  /** The area between the two distribution functions, in the unit of the values. */
  public static double distance(Ecdf one, Ecdf other) {
    double area = 0;
    int i = 0;
    int j = 0;
    double from = Math.min(one.value(0), other.value(0));
    while (i < one.steps() || j < other.steps()) {
      double next = Math.min(next(one, i), next(other, j));
      area += (next - from) * Math.abs(one.below(i) - other.below(j));
      i += next(one, i) == next ? 1 : 0;
      j += next(other, j) == next ? 1 : 0;
      from = next;
    }
    return area;
  }

  /**
   * The same in standard deviations of the reference; a tenth is worth a look.
   *
   * @param least the smallest standard deviation that counts, in the unit of the values: below it
   *     the measurement's own noise would be the measure
   */
  public static double normalised(Ecdf reference, Ecdf current, double least) {
    return distance(reference, current) / Math.max(least, reference.standardDeviation());
  }

  private static double next(Ecdf function, int step) {
    return step < function.steps() ? function.value(step) : Double.POSITIVE_INFINITY;
  }
}
