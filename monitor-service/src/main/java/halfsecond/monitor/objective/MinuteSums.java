// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.objective;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * Sums over the latest minutes, for several windows that all end with the newest minute. Memory is
 * 8 bytes for each minute of the longest window and each column. What comes late counts for its own
 * minute, as long as a window holds that. Not safe for use by several threads.
 */
final class MinuteSums {
  private final int[] windows;
  private final int capacity;

  /** By column, then by minute modulo the capacity. */
  private final double[][] minutes;

  /** By column, then by window. */
  private final double[][] sums;

  private long newest = Long.MIN_VALUE;

  /**
   * @param columns that are summed up side by side
   * @param windows whole minutes
   */
  MinuteSums(int columns, List<Duration> windows) {
    this.windows = windows.stream().mapToInt(window -> (int) window.toMinutes()).toArray();
    this.capacity = Arrays.stream(this.windows).max().orElseThrow();
    this.minutes = new double[columns][capacity];
    this.sums = new double[columns][windows.size()];
  }

  /** Makes {@code minute} the newest one; nothing if it is older than that. */
  void advance(long minute) {
    if (newest == Long.MIN_VALUE || minute - newest >= capacity) {
      clear();
      newest = minute;
    }
    while (newest < minute) {
      newest++;
      for (int column = 0; column < minutes.length; column++) {
        step(minutes[column], sums[column]);
      }
    }
  }

  /** Adds to a minute, which becomes the newest if it is; nothing if no window holds it. */
  void add(long minute, int column, double value) {
    advance(minute);
    if (minute <= newest - capacity) {
      return;
    }
    minutes[column][place(minute)] += value;
    for (int window = 0; window < windows.length; window++) {
      if (minute > newest - windows[window]) {
        sums[column][window] += value;
      }
    }
  }

  /** The sum of a column over a window. */
  double sum(int column, int window) {
    return sums[column][window];
  }

  private void step(double[] values, double[] totals) {
    for (int window = 0; window < windows.length; window++) {
      // Before the place of the newest minute, which is that of the oldest, is used again.
      totals[window] -= values[place(newest - windows[window])];
    }
    values[place(newest)] = 0;
  }

  private int place(long minute) {
    return Math.floorMod(minute, capacity);
  }

  private void clear() {
    for (double[] column : minutes) {
      Arrays.fill(column, 0);
    }
    for (double[] column : sums) {
      Arrays.fill(column, 0);
    }
  }
}
