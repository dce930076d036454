// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.metric;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import halfsecond.common.error.Reason;
import halfsecond.common.error.SpeechException;
import halfsecond.monitor.metric.Metric.Kind;
import halfsecond.monitor.record.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The metrics there are. Immutable. */
public final class MetricCatalogue {
  private final Map<String, Metric> byName;

  private MetricCatalogue(List<Metric> metrics) {
    byName = metrics.stream().collect(toMap(Metric::name, identity()));
  }

  /**
   * What every service of the pipeline can report from the first day; docs/monitoring.md lists
   * them.
   */
  public static MetricCatalogue builtIn() {
    List<Metric> metrics = new ArrayList<>();
    for (Stage stage : Stage.values()) {
      metrics.addAll(ofEvery(stage));
    }
    metrics.addAll(
        List.of(
            new Metric(
                "vad.native_handles",
                Stage.VAD,
                Kind.GAUGE,
                "{handle}",
                "Native detectors alive; equals open streams."),
            new Metric(
                "asr.native_handles",
                Stage.ASR,
                Kind.GAUGE,
                "{handle}",
                "Native recognizers alive, pooled ones too."),
            new Metric(
                "asr.active_clips",
                Stage.ASR,
                Kind.GAUGE,
                "{clip}",
                "Clips in progress; moves with load."),
            new Metric(
                "asr.cores_used",
                Stage.ASR,
                Kind.GAUGE,
                "{cpu}",
                "Sum of the real-time factors of running clips."),
            new Metric(
                "asr.backlog",
                Stage.ASR,
                Kind.GAUGE,
                "s",
                "Audio received but not decoded; grows when cores are short."),
            new Metric(
                "asr.queue_time",
                Stage.ASR,
                Kind.DISTRIBUTION,
                "s",
                "Time that audio waited for a decoding thread."),
            new Metric(
                "route.records_dropped",
                Stage.ROUTE,
                Kind.COUNTER,
                "{record}",
                "Records dropped by a full queue."),
            new Metric(
                "deliver.partials_dropped",
                Stage.DELIVER,
                Kind.PROPORTION,
                "1",
                "Interim results dropped, of all.")));
    return new MetricCatalogue(metrics);
  }

  /**
   * The metric of that name.
   *
   * @throws SpeechException {@code NOT_FOUND} if nobody declared it
   */
  public Metric find(String name) {
    Metric metric = byName.get(name);
    if (metric == null) {
      throw new SpeechException(
          Reason.NOT_FOUND,
          "no such metric",
          Map.of("resource", "metric", "field", "metric", "limit", "declared"));
    }
    return metric;
  }

  private static List<Metric> ofEvery(Stage stage) {
    String prefix = stage.name().toLowerCase(Locale.ROOT) + ".";
    return List.of(
        new Metric(
            prefix + "cpu", stage, Kind.GAUGE, "{cpu}", "Cores that the process keeps busy."),
        new Metric(prefix + "memory", stage, Kind.GAUGE, "By", "Resident memory of the process."),
        new Metric(
            prefix + "open_streams",
            stage,
            Kind.GAUGE,
            "{stream}",
            "Streams in progress; moves with load."),
        new Metric(
            prefix + "errors",
            stage,
            Kind.COUNTER,
            "{error}",
            "Calls that ended in INTERNAL: bugs."),
        new Metric(
            prefix + "refused",
            stage,
            Kind.COUNTER,
            "{call}",
            "Calls refused because of load or limits."));
  }
}
