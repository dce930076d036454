// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.pipeline;

import halfsecond.deploy.client.Endpoint;
import java.util.Map;

/** Where the processes of a pipeline send their spans. */
final class TraceExport {
  /** A batch must fit into the largest message that the monitor takes. */
  private static final String SPANS_A_BATCH = "128";

  private TraceExport() {}

  /**
   * Variables that make a service send its spans to the monitor, unless somebody has said where
   * they go.
   *
   * @param given variables that the process gets anyway
   */
  static Map<String, String> toMonitor(
      Service service, Endpoint monitor, Map<String, String> given) {
    boolean said =
        given.keySet().stream()
            .anyMatch(
                name ->
                    name.startsWith("OTEL_EXPORTER_OTLP_") || name.equals("OTEL_TRACES_EXPORTER"));
    return said || service == Service.MONITOR
        ? Map.of()
        : Map.of(
            "OTEL_TRACES_EXPORTER",
            "otlp",
            "OTEL_EXPORTER_OTLP_TRACES_PROTOCOL",
            "grpc",
            "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT",
            "http://" + monitor,
            "OTEL_BSP_MAX_EXPORT_BATCH_SIZE",
            SPANS_A_BATCH);
  }
}
