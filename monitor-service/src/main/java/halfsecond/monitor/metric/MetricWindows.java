// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.metric;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import halfsecond.common.error.SpeechException;
import halfsecond.monitor.record.Limits;
import halfsecond.monitor.record.Stage;
import halfsecond.monitor.window.TimeSpan;
import halfsecond.monitor.window.WindowLayout;
import halfsecond.monitor.window.Windows;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The samples of all metrics, summed up over all instances, in bounded memory: metrics are declared
 * and windows are kept for a time. Safe for use by any thread; nothing but memory is waited for.
 */
public final class MetricWindows {
  /** Instances of each metric of which the newest reading is known; the oldest makes room. */
  private static final int MOST_INSTANCES = 100;

  private final MetricCatalogue catalogue;
  private final WindowLayout layout;
  private final Object lock = new Object();

  @GuardedBy("lock")
  private final Map<String, Series> byMetric = new TreeMap<>();

  @GuardedBy("lock")
  private WindowLayout.Edges edges = new WindowLayout.Edges(Long.MIN_VALUE, Long.MIN_VALUE);

  /** Guarded by the lock of its owner. */
  private static final class Series {
    final Metric metric;
    final Windows<MetricCell> windows;
    final Map<String, MetricSummary.Latest> latest = new TreeMap<>();

    Series(Metric metric, WindowLayout layout) {
      this.metric = metric;
      this.windows = new Windows<>(layout, MetricCell::new);
    }

    void remember(MetricSummary.Latest reading) {
      latest.merge(
          reading.instance(),
          reading,
          (old, next) -> next.time().isBefore(old.time()) ? old : next);
      if (latest.size() > MOST_INSTANCES) {
        latest.values().stream()
            .min(Comparator.comparing(MetricSummary.Latest::time))
            .ifPresent(oldest -> latest.remove(oldest.instance()));
      }
    }
  }

  public MetricWindows(MetricCatalogue catalogue, WindowLayout layout) {
    this.catalogue = catalogue;
    this.layout = layout;
  }

  /**
   * Takes a sample.
   *
   * @throws SpeechException {@code NOT_FOUND} if the metric is not declared, {@code FIELD_INVALID}
   *     if the value does not fit its kind or the time is not one that is kept
   */
  public void add(StageSample sample, String instance, Instant now) {
    Metric metric = catalogue.find(sample.metric());
    Limits.check(
        sample.value().kind() == metric.kind(), "value", "what a " + metric.kind() + " takes");
    synchronized (lock) {
      roll(now);
      layout.check("sample_time", sample.time(), edges, now);
      Series series = byMetric.computeIfAbsent(metric.name(), name -> new Series(metric, layout));
      series.windows.at(sample.time(), edges).add(sample.value());
      if (sample.value() instanceof StageSample.Reading reading) {
        series.remember(new MetricSummary.Latest(instance, sample.time(), reading.level()));
      }
    }
  }

  /** The metrics of a stage that have samples within, ordered by name. */
  public List<MetricSummary> summarize(Stage stage, TimeSpan span, Instant now) {
    List<MetricSummary> summaries = new ArrayList<>();
    synchronized (lock) {
      roll(now);
      TimeSpan covered = layout.covered(span, edges, now);
      for (Series series : byMetric.values()) {
        if (series.metric.stage() == stage) {
          MetricCell sum = new MetricCell();
          series.windows.forEach(covered, sum::merge);
          if (sum.samples() > 0) {
            summaries.add(
                new MetricSummary(series.metric, sum, List.copyOf(series.latest.values())));
          }
        }
      }
    }
    return summaries;
  }

  @GuardedBy("lock")
  private void roll(Instant now) {
    WindowLayout.Edges next = layout.edgesAt(now).orLater(edges);
    if (!next.equals(edges)) {
      edges = next;
      byMetric.values().forEach(series -> series.windows.roll(next));
    }
  }
}
