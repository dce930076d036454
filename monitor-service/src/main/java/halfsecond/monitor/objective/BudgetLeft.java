// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.objective;

import halfsecond.monitor.statistics.BurnRate;
import halfsecond.monitor.statistics.Proportion;

/**
 * How much of an error budget is left of the latest thirty days. Days that are not known are taken
 * to have been like the others but without anything bad. By the hour, 12 KB. Not safe for use by
 * several threads.
 */
final class BudgetLeft {
  private static final int HOURS = (int) BurnRate.PERIOD.toHours();
  private static final int BAD = 0;
  private static final int ALL = 1;
  private static final long MINUTES = 60;

  private final double objective;
  private final RecentSums sums = new RecentSums(2, HOURS);
  private long first = Long.MAX_VALUE;
  private long newest = Long.MIN_VALUE;

  BudgetLeft(double objective) {
    this.objective = objective;
  }

  void add(long minute, boolean bad) {
    long hour = hour(minute);
    first = Math.min(first, hour);
    newest = Math.max(newest, hour);
    sums.add(hour, ALL, 1);
    if (bad) {
      sums.add(hour, BAD, 1);
    }
  }

  /** Lets time pass. */
  void advance(long minute) {
    newest = Math.max(newest, hour(minute));
    sums.advance(newest);
  }

  /** Share of the budget: 1 when nothing was spent, below 0 when it is overdrawn. */
  double left() {
    if (first > newest) {
      return 1;
    }
    double known = Math.min(1, (newest - first + 1) / (double) HOURS);
    Proportion bad = new Proportion(sums.count(BAD, 0), sums.count(ALL, 0));
    return 1 - known * BurnRate.of(bad, objective);
  }

  private static long hour(long minute) {
    return Math.floorDiv(minute, MINUTES);
  }
}
