// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.html;

import java.util.ArrayList;
import java.util.List;

/** Round values to label an axis with. */
final class Ticks {
  private static final double[] ROUND = {1, 2, 5, 10};
  private static final double ALMOST = 1e-9;

  private Ticks() {}

  /** Multiples of 1, 2 or 5 times a power of ten from low to high, at most about this many. */
  static List<Double> linear(double low, double high, int about) {
    double step = step(high - low, about);
    List<Double> ticks = new ArrayList<>();
    long last = (long) Math.floor(high / step + ALMOST);
    for (long index = (long) Math.ceil(low / step - ALMOST); index <= last; index++) {
      ticks.add(round(index * step));
    }
    return ticks;
  }

  /** The distance of the ticks of {@link #linear}. */
  static double step(double span, int about) {
    if (!(span > 0) || about < 1) {
      throw new IllegalArgumentException("no ticks over " + span + " in " + about);
    }
    double raw = span / about;
    double power = Math.pow(10, Math.floor(Math.log10(raw)));
    for (double round : ROUND) {
      if (round * power >= raw * (1 - ALMOST)) {
        return round(round * power);
      }
    }
    throw new AssertionError("a number is below ten times its power of ten");
  }

  /**
   * For a logarithmic axis: powers of ten, with 2 and 5 or at least 3 between them where there is
   * room.
   */
  static List<Double> logarithmic(double low, double high, int about) {
    List<Double> ticks = List.of();
    for (double[] steps : new double[][] {{1}, {1, 3}, {1, 2, 5}}) {
      List<Double> finer = within(low, high, steps);
      if (!ticks.isEmpty() && finer.size() > about) {
        return ticks;
      }
      ticks = finer;
    }
    return ticks;
  }

  private static List<Double> within(double low, double high, double... steps) {
    if (!(low > 0) || !(high > low)) {
      throw new IllegalArgumentException("no logarithmic axis from " + low + " to " + high);
    }
    List<Double> ticks = new ArrayList<>();
    int last = (int) Math.floor(Math.log10(high) + ALMOST);
    for (int power = (int) Math.floor(Math.log10(low)); power <= last; power++) {
      for (double step : steps) {
        double tick = round(step * Math.pow(10, power));
        if (tick >= low * (1 - ALMOST) && tick <= high * (1 + ALMOST)) {
          ticks.add(tick);
        }
      }
    }
    return ticks;
  }

  /** Takes away what binary fractions add: 0.30000000000000004. */
  private static double round(double value) {
    return value == 0 ? 0 : Double.parseDouble(String.format(java.util.Locale.ROOT, "%.9e", value));
  }
}
