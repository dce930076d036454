// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.trace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.util.JsonFormat;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import java.io.IOException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Spans as OTLP/JSON: an {@code ExportTraceServiceRequest} in protobuf's JSON form with two
 * exceptions, which the OpenTelemetry protocol asks for: trace and span ids are hexadecimal, and
 * enums are numbers.
 */
public final class OtlpJson {

  private static final List<String> IDS = List.of("traceId", "spanId", "parentSpanId");
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private OtlpJson() {}

  /** Grouped by service, in the order given. */
  public static String of(List<TracedSpan> spans) throws IOException {
    Map<String, ScopeSpans.Builder> services = new LinkedHashMap<>();
    for (TracedSpan span : spans) {
      services
          .computeIfAbsent(span.service(), service -> ScopeSpans.newBuilder())
          .addSpans(span.span());
    }
    ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
    services.forEach(
        (service, scope) ->
            request.addResourceSpans(
                ResourceSpans.newBuilder().setResource(resource(service)).addScopeSpans(scope)));
    JsonNode tree = MAPPER.readTree(JsonFormat.printer().printingEnumsAsInts().print(request));
    withHexIds(tree);
    return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(tree);
  }

  private static Resource resource(String service) {
    return Resource.newBuilder()
        .addAttributes(
            KeyValue.newBuilder()
                .setKey("service.name")
                .setValue(AnyValue.newBuilder().setStringValue(service)))
        .build();
  }

  private static void withHexIds(JsonNode node) {
    if (node instanceof ObjectNode object) {
      for (String id : IDS) {
        if (object.hasNonNull(id)) {
          byte[] bytes = Base64.getDecoder().decode(object.get(id).asText());
          object.put(id, HexFormat.of().formatHex(bytes));
        }
      }
    }
    node.forEach(OtlpJson::withHexIds);
  }
}
