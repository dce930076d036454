// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.catalogue;

import static halfsecond.monitor.catalogue.Metric.Direction.TWO_SIDED;
import static halfsecond.monitor.catalogue.Metric.Direction.UP_IS_WORSE;

import halfsecond.monitor.catalogue.Metric.Direction;
import halfsecond.monitor.catalogue.Metric.Kind;
import halfsecond.monitor.catalogue.Metric.Source;
import halfsecond.monitor.record.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the services of the pipeline report about themselves. */
final class ServiceMetrics {
  /** The stages that are a service of their own, which has a process and calls. */
  private static final List<Stage> OWN_SERVICE = List.of(Stage.VAD, Stage.ROUTE, Stage.ASR);

  /** How those are judged of which each change is a fault; what is not here moves with load. */
  private static final Map<String, TestKind> FAULTS =
      Map.of(
          "errors", TestKind.FIXED_LIMIT,
          "memory", TestKind.SLOPE,
          "native_handles", TestKind.SLOPE,
          "records_dropped", TestKind.FIXED_LIMIT,
          "partials_dropped", TestKind.TWO_PROPORTIONS);

  private ServiceMetrics() {}

  /** Whether a service's metric is judged by itself. */
  static boolean tellsOfFaults(String metric) {
    return FAULTS.containsKey(what(metric))
        && all().stream().anyMatch(it -> it.name().equals(metric));
  }

  private static String what(String metric) {
    return metric.substring(metric.indexOf('.') + 1);
  }

  static List<Metric> all() {
    List<Metric> metrics = new ArrayList<>();
    for (Stage stage : OWN_SERVICE) {
      metrics.addAll(ofService(stage));
    }
    metrics.addAll(
        List.of(
            of(
                "vad.native_handles",
                Kind.GAUGE,
                "{handle}",
                UP_IS_WORSE,
                "Native detectors alive; equals open streams."),
            of(
                "asr.native_handles",
                Kind.GAUGE,
                "{handle}",
                UP_IS_WORSE,
                "Native recognizers alive, pooled ones too."),
            of(
                "asr.active_clips",
                Kind.GAUGE,
                "{clip}",
                TWO_SIDED,
                "Clips in progress; moves with load."),
            of(
                MetricCatalogue.CORES,
                Kind.GAUGE,
                "{cpu}",
                TWO_SIDED,
                "Cores that decoding may use; what capacity is measured by."),
            of(
                "asr.cores_used",
                Kind.GAUGE,
                "{cpu}",
                TWO_SIDED,
                "Sum of the real-time factors of running clips."),
            of(
                "asr.backlog",
                Kind.GAUGE,
                "s",
                UP_IS_WORSE,
                "Audio received but not decoded; grows when cores are short."),
            of(
                "route.records_dropped",
                Kind.COUNTER,
                "{record}",
                UP_IS_WORSE,
                "Records dropped by a full queue."),
            of(
                "deliver.partials_dropped",
                Kind.PROPORTION,
                "1",
                UP_IS_WORSE,
                "Interim results dropped, of all.")));
    return metrics;
  }

  private static List<Metric> ofService(Stage stage) {
    String prefix = UtteranceMetrics.prefix(stage);
    return List.of(
        of(prefix + "cpu", Kind.GAUGE, "{cpu}", UP_IS_WORSE, "Cores that the process keeps busy."),
        of(prefix + "memory", Kind.GAUGE, "By", UP_IS_WORSE, "Resident memory of the process."),
        of(
            prefix + "open_streams",
            Kind.GAUGE,
            "{stream}",
            TWO_SIDED,
            "Streams in progress; moves with load."),
        of(
            prefix + "errors",
            Kind.COUNTER,
            "{error}",
            UP_IS_WORSE,
            "Calls that ended in INTERNAL: bugs."),
        of(
            prefix + "refused",
            Kind.COUNTER,
            "{call}",
            UP_IS_WORSE,
            "Calls refused because of load or limits."));
  }

  private static Metric of(
      String name, Kind kind, String unit, Direction direction, String description) {
    return new Metric(
        name,
        UtteranceMetrics.stageOf(name),
        kind,
        unit,
        direction,
        FAULTS.getOrDefault(what(name), kind.usualTest()),
        description,
        Source.SERVICES);
  }
}
