// SPDX-License-Identifier: Apache-2.0
package halfsecond.common.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import halfsecond.common.lifecycle.StartException;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TelemetryIT {
  @Test
  void servesMetricsOnLoopbackWhenAsked() throws Exception {
    int port = freePort();
    try (Telemetry telemetry =
        Telemetry.create("vad-service", new TelemetryConfig(true, "127.0.0.1", port), List.of())) {
      telemetry.meter("test").counterBuilder("utterances").build().add(3);

      assertThat(metrics(port))
          .contains("utterances_total{")
          .containsPattern("utterances_total\\{[^}]*} 3")
          .contains("service_name=\"vad-service\"");
    }
    assertThatExceptionOfType(IOException.class).isThrownBy(() -> metrics(port));
  }

  @Test
  void namesThePortThatIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      TelemetryConfig config = new TelemetryConfig(true, "127.0.0.1", taken.getLocalPort());

      assertThatExceptionOfType(StartException.class)
          .isThrownBy(() -> Telemetry.create("vad-service", config, List.of()))
          .withMessageContaining("127.0.0.1:" + taken.getLocalPort());
    }
  }

  @Test
  void tellsExtraProcessorsOfSpansWhileNothingIsExported() {
    InMemorySpanExporter spans = InMemorySpanExporter.create();
    try (Telemetry telemetry =
        Telemetry.create(
            "vad-service", TelemetryConfig.OFF, List.of(SimpleSpanProcessor.create(spans)))) {
      telemetry.tracer("test").spanBuilder("utterance").startSpan().end();

      assertThat(spans.getFinishedSpanItems())
          .singleElement()
          .satisfies(
              span -> {
                assertThat(span.getName()).isEqualTo("utterance");
                assertThat(span.getResource().getAttributes().asMap().toString())
                    .contains("vad-service");
              });
    }
  }

  @Test
  void letsTheStandardVariablesWin() {
    System.setProperty("otel.service.name", "named-by-the-operator");
    InMemorySpanExporter spans = InMemorySpanExporter.create();
    try (Telemetry telemetry =
        Telemetry.create(
            "vad-service", TelemetryConfig.OFF, List.of(SimpleSpanProcessor.create(spans)))) {
      telemetry.tracer("test").spanBuilder("utterance").startSpan().end();

      assertThat(
              spans.getFinishedSpanItems().get(0).getResource().getAttributes().asMap().toString())
          .contains("named-by-the-operator");
    } finally {
      System.clearProperty("otel.service.name");
    }
  }

  /** The exporter does not tell which port it got, so it cannot be given 0. */
  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static String metrics(int port) throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics")).build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }
}
