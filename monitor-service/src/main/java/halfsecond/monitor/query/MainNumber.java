// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.query;

import halfsecond.monitor.catalogue.Metric;
import halfsecond.monitor.window.Aggregate;

/** The one number that stands for a metric over a time, and how well it is known. */
public final class MainNumber {
  private MainNumber() {}

  /** Samples behind it: values, trials or increments. */
  public static long count(Metric.Kind kind, Aggregate sum) {
    return switch (kind) {
      case COUNTER -> sum.samples();
      case PROPORTION -> sum.trials();
      case GAUGE, DISTRIBUTION -> sum.values().count();
    };
  }

  /**
   * Rate per second of a counter, rate of a proportion, mean of the others. Not a number without
   * samples.
   */
  public static double of(Metric.Kind kind, Aggregate sum, double seconds) {
    if (count(kind, sum) == 0) {
      return Double.NaN;
    }
    return switch (kind) {
      case COUNTER -> sum.sum() / seconds;
      case PROPORTION -> (double) sum.events() / sum.trials();
      case GAUGE, DISTRIBUTION -> sum.values().mean();
    };
  }

  /**
   * Variance that a single sample adds: of the number of so many samples it is this over their
   * count. Of counters relative to the rate, as of events that come independently.
   */
  static double varianceOfOne(Metric.Kind kind, Aggregate sum) {
    return switch (kind) {
      case COUNTER -> 1;
      case PROPORTION -> {
        // No event so far does not prove that there are none.
        double rate = (sum.events() + 0.5) / (sum.trials() + 1.0);
        yield rate * (1 - rate);
      }
      case GAUGE, DISTRIBUTION -> sum.values().deviation() * sum.values().deviation();
    };
  }

  /**
   * What a difference is measured in: of counters the rate itself, as it differs by parts of it.
   */
  static double scale(Metric.Kind kind, double number) {
    return kind == Metric.Kind.COUNTER ? number : 1;
  }
}
