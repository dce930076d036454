// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.query;

import halfsecond.monitor.catalogue.Metric;
import halfsecond.monitor.catalogue.MetricCatalogue;
import halfsecond.monitor.record.Limits;
import halfsecond.monitor.reference.Reference;
import halfsecond.monitor.reference.StoredReference;
import halfsecond.monitor.window.Aggregate;
import halfsecond.monitor.window.TimeSpan;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Makes references: of a fixed range it takes what was measured then. */
public final class ReferenceMaker {
  private final MetricCatalogue catalogue;
  private final Histories histories;

  public ReferenceMaker(MetricCatalogue catalogue, Histories histories) {
    this.catalogue = catalogue;
    this.histories = histories;
  }

  /**
   * Stores what a reference stands for.
   *
   * @throws halfsecond.common.error.SpeechException {@code NOT_FOUND} for a metric that is not
   *     declared, {@code FIELD_INVALID} for a fixed range of which nothing is kept
   */
  public StoredReference store(Reference reference, Instant now) {
    String only = reference.metric();
    List<Metric> metrics = only == null ? catalogue.all() : List.of(catalogue.find(only));
    Map<String, StoredReference.Sum> sums = new HashMap<>();
    if (reference.window() instanceof Reference.Pinned pinned) {
      for (Metric metric : metrics) {
        StoredReference.Sum sum = sum(metric, reference, pinned.range(), now);
        if (sum.aggregate().samples() > 0) {
          sums.put(metric.name(), sum);
        }
      }
      Limits.check(!sums.isEmpty(), "reference.pinned", "a range of which data is kept");
    }
    return new StoredReference(reference, sums);
  }

  private StoredReference.Sum sum(Metric metric, Reference reference, TimeSpan range, Instant now) {
    Duration hour = histories.layout().widest();
    Map<Long, Aggregate> hours = new TreeMap<>();
    Aggregate all = new Aggregate();
    histories
        .of(metric, reference.who(), range, now)
        .forEach(
            (start, window) -> {
              all.merge(window);
              hours
                  .computeIfAbsent(
                      Math.floorDiv(start.getEpochSecond(), hour.toSeconds()),
                      it -> new Aggregate())
                  .merge(window);
            });
    hours.values().removeIf(it -> MainNumber.count(metric.kind(), it) == 0);
    Variation variation = new Variation(metric.kind());
    variation.add(List.copyOf(hours.values()), (double) hour.toSeconds());
    return new StoredReference.Sum(
        all, hours.size() * (double) hour.toSeconds(), variation.variance());
  }
}
