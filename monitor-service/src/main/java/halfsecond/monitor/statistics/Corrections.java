// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.statistics;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * P-values of many tests at once, corrected for there being many. Corrected values keep the order
 * in which they were given.
 */
public final class Corrections {
  private Corrections() {}

  /** Holm's: the chance of any false alarm stays below what a value is compared with. */
  public static double[] holm(double... pValues) {
    int[] order = ascending(pValues);
    double[] corrected = new double[pValues.length];
    double before = 0;
    for (int i = 0; i < order.length; i++) {
      before = Math.max(before, Math.min(1, pValues[order[i]] * (order.length - i)));
      corrected[order[i]] = before;
    }
    return corrected;
  }

  /** Benjamini and Hochberg's: the expected share of false ones among the alarms stays below. */
  public static double[] benjaminiHochberg(double... pValues) {
    int[] order = ascending(pValues);
    double[] corrected = new double[pValues.length];
    double after = 1;
    for (int i = order.length - 1; i >= 0; i--) {
      after = Math.min(after, pValues[order[i]] * order.length / (i + 1));
      corrected[order[i]] = after;
    }
    return corrected;
  }

  private static int[] ascending(double[] values) {
    return IntStream.range(0, values.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> values[i]))
        .mapToInt(Integer::intValue)
        .toArray();
  }
}
