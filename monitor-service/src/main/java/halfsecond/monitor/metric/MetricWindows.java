// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.metric;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import halfsecond.common.error.SpeechException;
import halfsecond.monitor.catalogue.Metric;
import halfsecond.monitor.catalogue.MetricCatalogue;
import halfsecond.monitor.record.Limits;
import halfsecond.monitor.record.Stage;
import halfsecond.monitor.window.Aggregate;
import halfsecond.monitor.window.CohortKey;
import halfsecond.monitor.window.TimeSpan;
import halfsecond.monitor.window.Who;
import halfsecond.monitor.window.WindowLayout;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The samples of all metrics, summed up over all instances, in bounded memory: metrics are declared
 * and windows are kept for a time. Safe for use by any thread; nothing but memory is waited for.
 */
public final class MetricWindows {
  private final MetricCatalogue catalogue;
  private final WindowLayout layout;
  private final Object lock = new Object();

  @GuardedBy("lock")
  private final Map<String, MetricSeries> byMetric = new TreeMap<>();

  /** What came in since it was asked for last; null if nobody asks. */
  @GuardedBy("lock")
  private @Nullable Map<String, MetricSeries> news;

  @GuardedBy("lock")
  private WindowLayout.Edges edges;

  public MetricWindows(MetricCatalogue catalogue, WindowLayout layout) {
    this.catalogue = catalogue;
    this.layout = layout;
    this.edges = WindowLayout.Edges.none(layout);
  }

  /** Says which metrics there are. */
  public MetricCatalogue catalogue() {
    return catalogue;
  }

  /**
   * Takes a sample.
   *
   * @throws SpeechException {@code NOT_FOUND} if the metric is not declared, {@code FIELD_INVALID}
   *     if it is not one that services report, the value does not fit its kind, or the time is not
   *     one that is kept
   */
  public void add(StageSample sample, String instance, Instant now) {
    Metric metric = catalogue.find(sample.metric());
    Limits.check(
        metric.source() != Metric.Source.UTTERANCES,
        "metric",
        "one that services report, not one that comes from utterance records");
    Limits.check(
        sample.value().kind() == metric.kind(), "value", "what a " + metric.kind() + " takes");
    synchronized (lock) {
      roll(now);
      layout.check("sample_time", sample.time(), edges, now);
      of(byMetric, metric).add(sample, instance, edges);
      if (news != null) {
        of(news, metric).add(sample, instance, edges);
      }
    }
  }

  /** From now on what comes in is noted, for {@link #takeNews}. */
  void noteNews() {
    synchronized (lock) {
      news = new TreeMap<>();
    }
  }

  /** What came in since the last call, apart from all that was there before. */
  List<MetricSeries> takeNews() {
    synchronized (lock) {
      if (news == null || news.isEmpty()) {
        return List.of();
      }
      List<MetricSeries> taken = List.copyOf(news.values());
      news = new TreeMap<>();
      for (MetricSeries series : taken) {
        // It takes more than a few seconds to see that something does not move.
        lastMoved(series.metric().name()).ifPresent(series::moved);
      }
      return taken;
    }
  }

  /** Adds what came in elsewhere, or before; {@code others} stay as they are. */
  void take(List<MetricSeries> others, Instant now) {
    synchronized (lock) {
      roll(now);
      merge(others, byMetric);
    }
  }

  /** Everything, as it is now; of use while nothing is added. */
  List<MetricSeries> all() {
    synchronized (lock) {
      return List.copyOf(byMetric.values());
    }
  }

  /** Holds this and the news, and nothing of what it held before; {@code kept} stays as it is. */
  void replace(List<MetricSeries> kept, Instant now) {
    synchronized (lock) {
      roll(now);
      byMetric.clear();
      merge(kept, byMetric);
      if (news != null) {
        merge(List.copyOf(news.values()), byMetric);
      }
    }
  }

  @GuardedBy("lock")
  private void merge(List<MetricSeries> from, Map<String, MetricSeries> into) {
    from.forEach(series -> of(into, series.metric()).take(series, edges));
  }

  private MetricSeries of(Map<String, MetricSeries> series, Metric metric) {
    return series.computeIfAbsent(metric.name(), name -> new MetricSeries(metric, layout));
  }

  /** How what is kept is told apart. */
  WindowLayout layout() {
    return layout;
  }

  /** The metrics of a stage that have samples within, ordered by name. */
  public List<MetricSummary> summarize(Stage stage, TimeSpan span, Instant now) {
    List<MetricSummary> summaries = new ArrayList<>();
    synchronized (lock) {
      roll(now);
      TimeSpan covered = layout.covered(span, edges, now);
      for (MetricSeries series : byMetric.values()) {
        if (series.metric().stage() == stage) {
          Aggregate sum = new Aggregate();
          series.history(Who.ALL, covered).values().forEach(sum::merge);
          if (sum.samples() > 0) {
            summaries.add(new MetricSummary(series.metric(), sum, series.latest()));
          }
        }
      }
    }
    return summaries;
  }

  /** One metric, window by window; by the beginning of each window that has any. */
  public NavigableMap<Instant, Aggregate> history(
      String metric, Who who, TimeSpan span, Instant now) {
    synchronized (lock) {
      roll(now);
      MetricSeries series = byMetric.get(metric);
      return series == null
          ? new TreeMap<>()
          : series.history(who, layout.covered(span, edges, now));
    }
  }

  /** The cohorts that a metric is told apart by, those gathered as "other" too. */
  public List<CohortKey> cohorts(String metric) {
    synchronized (lock) {
      MetricSeries series = byMetric.get(metric);
      return series == null ? List.of() : series.cohorts();
    }
  }

  /** The newest readings of all instances of a gauge that have one since then. */
  public List<MetricSummary.Latest> latest(String metric, Instant since) {
    List<MetricSummary.Latest> all;
    synchronized (lock) {
      MetricSeries series = byMetric.get(metric);
      all = series == null ? List.of() : series.latest();
    }
    return all.stream().filter(reading -> !reading.time().isBefore(since)).toList();
  }

  /** When a metric last moved; empty if it never did. */
  public Optional<Instant> lastMoved(String metric) {
    synchronized (lock) {
      MetricSeries series = byMetric.get(metric);
      return series == null ? Optional.empty() : series.lastMoved();
    }
  }

  /** Series of a metric in memory: all together, each version, each cohort. */
  public int seriesCount(String metric) {
    synchronized (lock) {
      MetricSeries series = byMetric.get(metric);
      return series == null ? 0 : series.size();
    }
  }

  @GuardedBy("lock")
  private void roll(Instant now) {
    WindowLayout.Edges next = layout.edgesAt(now).orLater(edges);
    if (!next.equals(edges)) {
      edges = next;
      byMetric.values().forEach(series -> series.roll(next));
      if (news != null) {
        news.values().forEach(series -> series.roll(next));
      }
    }
  }
}
