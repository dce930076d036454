// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.measure;

import halfsecond.loadtest.result.Percentiles;
import halfsecond.loadtest.result.RunResult.Bar;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/** Durations of one kind: microseconds at three digits, up to ten minutes. For one thread. */
final class Distribution {
  private static final long HIGHEST_MICROS = 600_000_000L;
  private static final double MILLI = 1_000;
  private static final int BARS = 60;

  private final Histogram micros = new Histogram(HIGHEST_MICROS, 3);

  void add(long nanos) {
    micros.recordValue(Math.min(HIGHEST_MICROS, Math.max(0, nanos) / 1_000));
  }

  long count() {
    return micros.getTotalCount();
  }

  double millisAt(double percentile) {
    return micros.getValueAtPercentile(percentile) / MILLI;
  }

  Histogram micros() {
    return micros;
  }

  Percentiles percentiles() {
    return percentiles(micros);
  }

  static Percentiles percentiles(Histogram micros) {
    if (micros.getTotalCount() == 0) {
      return new Percentiles(0, 0, 0, 0, 0, 0, 0, 0);
    }
    return new Percentiles(
        micros.getTotalCount(),
        micros.getMean() / MILLI,
        micros.getValueAtPercentile(50) / MILLI,
        micros.getValueAtPercentile(90) / MILLI,
        micros.getValueAtPercentile(95) / MILLI,
        micros.getValueAtPercentile(99) / MILLI,
        micros.getValueAtPercentile(99.9) / MILLI,
        micros.getMaxValue() / MILLI);
  }

  /** Bars of one round width that show all up to p99.9; the last one holds what is beyond. */
  List<Bar> bars() {
    if (count() == 0) {
      return List.of();
    }
    double width = roundWidth(millisAt(99.9) / (BARS - 1));
    List<Bar> bars = new ArrayList<>();
    long below = 0;
    for (int i = 1; i < BARS && below < count(); i++) {
      double until = i * width;
      long upTo = micros.getCountBetweenValues(0, Math.round(until * MILLI) - 1);
      upTo = Math.max(below, Math.min(count(), upTo));
      bars.add(new Bar(until, upTo - below));
      below = upTo;
    }
    if (below < count()) {
      bars.add(new Bar(micros.getMaxValue() / MILLI, count() - below));
    }
    return bars;
  }

  /** The next of 1, 2, 5, 10, 20, 50, ... */
  private static double roundWidth(double least) {
    double power = 1;
    while (power * 10 < least) {
      power *= 10;
    }
    for (int step : new int[] {1, 2, 5}) {
      if (power * step >= least) {
        return power * step;
      }
    }
    return power * 10;
  }
}
