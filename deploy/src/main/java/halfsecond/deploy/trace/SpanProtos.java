// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.trace;

import com.google.protobuf.ByteString;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Spans of this process in the form of the OpenTelemetry protocol. */
final class SpanProtos {

  private static final AttributeKey<String> SERVICE = AttributeKey.stringKey("service.name");

  private SpanProtos() {}

  static TracedSpan of(SpanData data) {
    String service = data.getResource().getAttribute(SERVICE);
    Span.Builder span =
        Span.newBuilder()
            .setTraceId(bytes(data.getTraceId()))
            .setSpanId(bytes(data.getSpanId()))
            .setName(data.getName())
            .setKind(Span.SpanKind.valueOf("SPAN_KIND_" + data.getKind().name()))
            .setStartTimeUnixNano(data.getStartEpochNanos())
            .setEndTimeUnixNano(data.getEndEpochNanos())
            .addAllAttributes(attributes(data.getAttributes()))
            .setStatus(
                Status.newBuilder()
                    .setMessage(data.getStatus().getDescription())
                    .setCode(
                        Status.StatusCode.valueOf(
                            "STATUS_CODE_" + data.getStatus().getStatusCode().name())));
    if (data.getParentSpanContext().isValid()) {
      span.setParentSpanId(bytes(data.getParentSpanId()));
    }
    for (EventData event : data.getEvents()) {
      span.addEvents(
          Span.Event.newBuilder()
              .setName(event.getName())
              .setTimeUnixNano(event.getEpochNanos())
              .addAllAttributes(attributes(event.getAttributes())));
    }
    return new TracedSpan(service == null ? "" : service, span.build());
  }

  private static List<KeyValue> attributes(Attributes attributes) {
    List<KeyValue> all = new ArrayList<>();
    attributes.forEach(
        (key, value) ->
            all.add(KeyValue.newBuilder().setKey(key.getKey()).setValue(value(value)).build()));
    return all;
  }

  private static AnyValue value(Object value) {
    AnyValue.Builder any = AnyValue.newBuilder();
    if (value instanceof Long number) {
      any.setIntValue(number);
    } else if (value instanceof Double number) {
      any.setDoubleValue(number);
    } else if (value instanceof Boolean flag) {
      any.setBoolValue(flag);
    } else if (value instanceof List<?> list) {
      ArrayValue.Builder array = ArrayValue.newBuilder();
      list.forEach(element -> array.addValues(value(element)));
      any.setArrayValue(array);
    } else {
      any.setStringValue(value.toString());
    }
    return any.build();
  }

  private static ByteString bytes(String hex) {
    return ByteString.copyFrom(HexFormat.of().parseHex(hex));
  }
}
