// SPDX-License-Identifier: Apache-2.0
package halfsecond.common.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import halfsecond.common.telemetry.Telemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
class TracePropagationIT {
  @RegisterExtension static final OpenTelemetryExtension OTEL = OpenTelemetryExtension.create();

  @Test
  void joinsTheCallersTraceAcrossTheWire() {
    Telemetry telemetry = Telemetry.over(OTEL.getOpenTelemetry());
    Span root = telemetry.tracer("test").spanBuilder("root").startSpan();
    try (Hop hop =
            new Hop(ServerConfig.loopback(), Preset.INNER, telemetry, TestSpeech.answering());
        Scope scope = root.makeCurrent()) {
      assertThat(hop.stub().recognize(TestSpeech.request(1))).isNotNull();
    }
    root.end();

    // The server's span ends after the client has its answer.
    await("all three spans")
        .pollInterval(Duration.ofMillis(5))
        .until(() -> OTEL.getSpans().size() == 3);
    SpanData client = span(SpanKind.CLIENT);
    SpanData server = span(SpanKind.SERVER);
    assertThat(client.getParentSpanId()).isEqualTo(root.getSpanContext().getSpanId());
    assertThat(server.getParentSpanId()).isEqualTo(client.getSpanId());
    assertThat(server.getTraceId()).isEqualTo(root.getSpanContext().getTraceId());
    assertThat(server.getEvents()).isEmpty();
    assertThat(client.getEvents()).isEmpty();
  }

  private static SpanData span(SpanKind kind) {
    return OTEL.getSpans().stream().filter(s -> s.getKind() == kind).findFirst().orElseThrow();
  }
}
