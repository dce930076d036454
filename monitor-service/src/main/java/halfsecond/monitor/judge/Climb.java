// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.judge;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A cumulative sum to one side that remembers since when it has been above zero: that is when the
 * change began, if it is one. Not safe for use by several threads.
 */
final class Climb {
  private double height;
  private long count;
  private double total;
  private @Nullable Instant began;

  /**
   * Adds a step, and the value that it came from.
   *
   * @return the height after it, 0 or more
   */
  double add(double step, double value, Instant at) {
    if (height + step <= 0) {
      rest();
      return 0;
    }
    if (began == null) {
      began = at;
    }
    height += step;
    count++;
    total += value;
    return height;
  }

  void rest() {
    height = 0;
    count = 0;
    total = 0;
    began = null;
  }

  double height() {
    return height;
  }

  /** Values since it began. */
  long count() {
    return count;
  }

  /** Mean of the values since it began; 0 without any. */
  double mean() {
    return count == 0 ? 0 : total / count;
  }

  /** When it began; null at rest. */
  @Nullable Instant began() {
    return began;
  }
}
