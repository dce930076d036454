// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.html;

import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Maps values to pixels.
 *
 * @param logarithmic then {@code low} is above 0
 * @param from the pixel of {@code low}
 * @param to the pixel of {@code high}; below {@code from} for an axis that grows upwards
 */
record Scale(boolean logarithmic, double low, double high, double from, double to) {
  private static final double DECADE_WORTH_A_LOG = 12;

  Scale {
    if (!(high > low) || (logarithmic && !(low > 0))) {
      throw new IllegalArgumentException("no scale from " + low + " to " + high);
    }
  }

  /** From 0 to a round number at or above the largest value. */
  static Scale fromZero(double max, double from, double to) {
    double top = max > 0 ? max : 1;
    double step = Ticks.step(top, 5);
    return new Scale(false, 0, Math.ceil(top / step - 1e-9) * step, from, to);
  }

  /** Logarithmic over all values, with a little room at both ends. */
  static Scale logOver(DoubleStream values, double from, double to) {
    var summary = values.filter(value -> value > 0).summaryStatistics();
    if (summary.getCount() == 0) {
      return new Scale(true, 1, 10, from, to);
    }
    return new Scale(true, summary.getMin() / 1.25, summary.getMax() * 1.25, from, to);
  }

  /** Logarithmic when the values are more than a decade apart, otherwise from zero. */
  static Scale over(double min, double max, double from, double to) {
    return min > 0 && max / min > DECADE_WORTH_A_LOG
        ? logOver(DoubleStream.of(min, max), from, to)
        : fromZero(max * 1.08, from, to);
  }

  /** The pixel of a value; values beyond the ends are drawn at the ends. */
  double at(double value) {
    double inside = Math.min(high, Math.max(low, value));
    double share =
        logarithmic ? Math.log(inside / low) / Math.log(high / low) : (inside - low) / (high - low);
    return from + share * (to - from);
  }

  /** Round values, about one every so many pixels. */
  List<Double> ticks(double everyPixels) {
    int about = Math.max(2, (int) (Math.abs(to - from) / everyPixels));
    return logarithmic ? Ticks.logarithmic(low, high, about) : Ticks.linear(low, high, about);
  }
}
