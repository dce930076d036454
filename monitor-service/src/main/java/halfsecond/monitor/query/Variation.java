// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.query;

import halfsecond.monitor.catalogue.Metric;
import halfsecond.monitor.window.Aggregate;
import java.util.List;

/**
 * How much a number differs between times that should be alike, beyond what the number of samples
 * explains: the method of moments, over any number of groups. Not safe for use by several threads.
 */
final class Variation {
  private final Metric.Kind kind;
  private double excess;
  private int groups;

  Variation(Metric.Kind kind) {
    this.kind = kind;
  }

  /**
   * Takes times that should be alike.
   *
   * @param alike each with samples, each {@code seconds} long
   */
  void add(List<Aggregate> alike, double seconds) {
    int size = alike.size();
    if (size < 2) {
      return;
    }
    Aggregate all = new Aggregate();
    alike.forEach(all::merge);
    double expected = MainNumber.of(kind, all, seconds * size);
    double scale = MainNumber.scale(kind, expected);
    if (scale == 0) {
      return;
    }
    double one = MainNumber.varianceOfOne(kind, all);
    double squares = 0;
    double explained = 0;
    for (Aggregate sum : alike) {
      double off = (MainNumber.of(kind, sum, seconds) - expected) / scale;
      squares += off * off;
      explained += one / MainNumber.count(kind, sum);
    }
    excess += squares / (size - 1) - explained / size;
    groups++;
  }

  /** Of counters relative to the rate; 0 without groups of two or more. */
  double variance() {
    return groups == 0 ? 0 : Math.max(0, excess / groups);
  }
}
