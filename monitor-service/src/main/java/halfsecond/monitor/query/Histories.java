// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.query;

import halfsecond.monitor.catalogue.Metric;
import halfsecond.monitor.metric.MetricWindows;
import halfsecond.monitor.window.Aggregate;
import halfsecond.monitor.window.TimeSpan;
import halfsecond.monitor.window.UtteranceWindows;
import halfsecond.monitor.window.Who;
import halfsecond.monitor.window.WindowLayout;
import java.time.Duration;
import java.time.Instant;
import java.util.NavigableMap;
import java.util.Optional;

/**
 * The windows of all metrics, wherever their samples come from. Safe for use by any thread.
 *
 * @param utterances of metrics that come from utterance records
 * @param stages of metrics that services report; in windows of the same layout
 */
public record Histories(UtteranceWindows utterances, MetricWindows stages) {
  /** One metric, window by window, by the beginning of each window that has any. */
  NavigableMap<Instant, Aggregate> of(Metric metric, Who who, TimeSpan span, Instant now) {
    return fromUtterances(metric)
        ? utterances.history(metric.name(), who, span, now)
        : stages.history(metric.name(), who, span, now);
  }

  /** All of it in one. */
  Aggregate sum(Metric metric, Who who, Iterable<TimeSpan> spans, Instant now) {
    Aggregate sum = new Aggregate();
    for (TimeSpan span : spans) {
      of(metric, who, span, now).values().forEach(sum::merge);
    }
    return sum;
  }

  /** When a metric last moved; empty if it never did. */
  public Optional<Instant> lastMoved(Metric metric) {
    return fromUtterances(metric)
        ? utterances.lastMoved(metric.name())
        : stages.lastMoved(metric.name());
  }

  /** Series in memory. */
  public int seriesCount(Metric metric) {
    return fromUtterances(metric) ? utterances.seriesCount() : stages.seriesCount(metric.name());
  }

  WindowLayout layout() {
    return utterances.layout();
  }

  Duration widthAt(Instant time, Instant now) {
    return utterances.widthAt(time, now);
  }

  private static boolean fromUtterances(Metric metric) {
    return metric.source() == Metric.Source.UTTERANCES;
  }
}
