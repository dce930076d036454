// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.statistics;

/**
 * Page's test in Hinkley's form: sums up how far the measurements are above their own running mean.
 * Finds only rises; a second one over the negated measurements finds falls. Needs no reference.
 */
public final class PageHinkley implements ChangeDetector {
  private static final int LEAST = 30;
  private static final double MEMORY = 0.9999;

  private final double tolerance;
  private final double limit;
  private long count;
  private double mean;
  private double sum;

  /**
   * @param tolerance what a measurement may be above the mean, in its unit
   * @param limit of the sum, in the unit of the measurements: standardise them first
   */
  public PageHinkley(double tolerance, double limit) {
    this.tolerance = tolerance;
    this.limit = limit;
  }

  @Override
  public boolean add(double value) {
    count++;
    mean += (value - mean) / count;
    sum = Math.max(0, MEMORY * sum + value - mean - tolerance);
    boolean changed = count >= LEAST && sum >= limit;
    if (changed) {
      count = 0;
      mean = 0;
      sum = 0;
    }
    return changed;
  }
}
