// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.statistics;

/**
 * Cumulative sums against a frozen reference, to both sides: each adds up how far the measurements
 * are away, less an allowance, and alarms above a limit. Finds a small lasting shift soon.
 */
public final class Cusum implements ChangeDetector {
  /** Half of the shift to be found, in standard deviations. */
  public static final double ALLOWANCE = 0.5;

  /**
   * In standard deviations. The textbook's 5 alarms in most streams of a thousand stable values;
   * this one, with a reference of thousands, in one of a hundred.
   */
  public static final double LIMIT = 10;

  private final double mean;
  private final double slack;
  private final double limit;
  private double above;
  private double below;

  /**
   * @param mean of the reference
   * @param deviation standard deviation of the reference, above 0
   * @param allowance in standard deviations
   * @param limit in standard deviations
   */
  public Cusum(double mean, double deviation, double allowance, double limit) {
    if (!(deviation > 0)) {
      throw new IllegalArgumentException("the deviation must be above 0");
    }
    this.mean = mean;
    this.slack = allowance * deviation;
    this.limit = limit * deviation;
  }

  /** With {@link #ALLOWANCE} and {@link #LIMIT}. */
  public static Cusum of(double mean, double deviation) {
    return new Cusum(mean, deviation, ALLOWANCE, LIMIT);
  }

  @Override
  public boolean add(double value) {
    above = Math.max(0, above + value - mean - slack);
    below = Math.max(0, below + mean - value - slack);
    boolean changed = above >= limit || below >= limit;
    if (changed) {
      above = 0;
      below = 0;
    }
    return changed;
  }
}
