// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import halfsecond.deploy.client.Endpoint;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TraceExportTest {
  private static final Endpoint MONITOR = Endpoint.loopback(7603);

  @Test
  void sendsSpansToTheMonitorWhenNobodySaysOtherwise() {
    assertThat(TraceExport.toMonitor(Service.ROUTER, MONITOR, Map.of("PATH", "/bin")))
        .containsEntry("OTEL_TRACES_EXPORTER", "otlp")
        .containsEntry("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "http://127.0.0.1:7603");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "OTEL_TRACES_EXPORTER",
        "OTEL_EXPORTER_OTLP_ENDPOINT",
        "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"
      })
  void leavesWhereTheyGoToWhoeverSaidSo(String name) {
    assertThat(TraceExport.toMonitor(Service.ROUTER, MONITOR, Map.of(name, "none"))).isEmpty();
  }

  @Test
  void theMonitorSendsNoneToItself() {
    assertThat(TraceExport.toMonitor(Service.MONITOR, MONITOR, Map.of())).isEmpty();
  }
}
