// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.trace;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class OtlpJsonTest {

  private final SpanCollector collector = new SpanCollector();

  @Test
  void writesWhatTheProtocolPrescribes() throws Exception {
    Span root;
    Span child;
    try (SdkTracerProvider provider =
        SdkTracerProvider.builder()
            .setResource(
                Resource.create(
                    Attributes.of(AttributeKey.stringKey("service.name"), "router-service")))
            .addSpanProcessor(collector)
            .build()) {
      root = provider.get("test").spanBuilder("utterance").setSpanKind(SpanKind.SERVER).startSpan();
      child =
          provider
              .get("test")
              .spanBuilder("route")
              .setParent(root.storeInContext(Context.root()))
              .setStartTimestamp(1_700_000_000_000_000_001L, TimeUnit.NANOSECONDS)
              .setAttribute("halfsecond.budget_ms", 500)
              .startSpan();
      child.end(1_700_000_000_002_000_001L, TimeUnit.NANOSECONDS);
      root.end();
    }
    String traceId = root.getSpanContext().getTraceId();

    JsonNode json =
        new ObjectMapper()
            .readTree(OtlpJson.of(collector.await(traceId, List.of(), Duration.ZERO)));

    JsonNode resource = json.at("/resourceSpans/0");
    assertThat(resource.at("/resource/attributes/0/value/stringValue").asText())
        .isEqualTo("router-service");
    JsonNode route = resource.at("/scopeSpans/0/spans/0");
    assertThat(route.get("traceId").asText()).isEqualTo(traceId);
    assertThat(route.get("spanId").asText()).isEqualTo(child.getSpanContext().getSpanId());
    assertThat(route.get("parentSpanId").asText()).isEqualTo(root.getSpanContext().getSpanId());
    assertThat(route.get("startTimeUnixNano").asText()).isEqualTo("1700000000000000001");
    assertThat(route.get("endTimeUnixNano").asText()).isEqualTo("1700000000002000001");
    assertThat(route.get("kind").asInt()).isEqualTo(1);
    assertThat(route.at("/attributes/0/key").asText()).isEqualTo("halfsecond.budget_ms");
    assertThat(route.at("/attributes/0/value/intValue").asText()).isEqualTo("500");
    JsonNode utterance = resource.at("/scopeSpans/0/spans/1");
    assertThat(utterance.get("kind").asInt()).isEqualTo(2);
    assertThat(utterance.has("parentSpanId")).isFalse();
  }
}
