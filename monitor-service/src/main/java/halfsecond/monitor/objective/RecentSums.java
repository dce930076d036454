// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.objective;

import java.util.Arrays;

/**
 * Sums over the latest steps of time, for several windows that all end with the newest step. Memory
 * is 8 bytes for each step of the longest window and each column. What comes late counts for its
 * own step, as long as a window holds that. Not safe for use by several threads.
 */
final class RecentSums {
  private final int[] windows;
  private final int capacity;

  /** By column, then by step modulo the capacity. */
  private final double[][] steps;

  /** By column, then by window. */
  private final double[][] sums;

  private long newest = Long.MIN_VALUE;

  /**
   * @param columns that are summed up side by side
   * @param windows in steps, whatever a step is
   */
  RecentSums(int columns, int... windows) {
    this.windows = windows.clone();
    this.capacity = Arrays.stream(windows).max().orElseThrow();
    this.steps = new double[columns][capacity];
    this.sums = new double[columns][windows.length];
  }

  /** Makes {@code step} the newest one; nothing if it is older than that. */
  void advance(long step) {
    if (newest == Long.MIN_VALUE || step - newest >= capacity) {
      clear();
      newest = step;
    }
    while (newest < step) {
      newest++;
      for (int column = 0; column < steps.length; column++) {
        begin(steps[column], sums[column]);
      }
    }
  }

  /** Adds to a step, which becomes the newest if it is; nothing if no window holds it. */
  void add(long step, int column, double value) {
    advance(step);
    if (step <= newest - capacity) {
      return;
    }
    steps[column][place(step)] += value;
    for (int window = 0; window < windows.length; window++) {
      if (step > newest - windows[window]) {
        sums[column][window] += value;
      }
    }
  }

  /** The sum of a column over a window. */
  double sum(int column, int window) {
    return sums[column][window];
  }

  /** The same, of things that are counted. */
  long count(int column, int window) {
    return Math.round(sums[column][window]);
  }

  private void begin(double[] values, double[] totals) {
    for (int window = 0; window < windows.length; window++) {
      // Before the place of the newest step, which is that of the oldest, is used again.
      totals[window] -= values[place(newest - windows[window])];
    }
    values[place(newest)] = 0;
  }

  private int place(long step) {
    return Math.floorMod(step, capacity);
  }

  private void clear() {
    for (double[] column : steps) {
      Arrays.fill(column, 0);
    }
    for (double[] column : sums) {
      Arrays.fill(column, 0);
    }
  }
}
