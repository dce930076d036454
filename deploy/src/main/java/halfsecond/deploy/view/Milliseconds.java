// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.view;

import java.util.Locale;

/** Durations as people read them, the same in every locale. */
final class Milliseconds {

  private Milliseconds() {}

  /** Whole milliseconds from ten on, one decimal under that: a stage of 0.4 ms is not nothing. */
  static String of(long nanos) {
    double millis = nanos / 1e6;
    return Math.abs(millis) < 9.95
        ? String.format(Locale.ROOT, "%.1f ms", millis)
        : String.format(Locale.ROOT, "%.0f ms", millis);
  }
}
