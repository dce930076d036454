// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.rpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import halfsecond.monitor.trace.TraceStore;
import io.grpc.stub.StreamObserver;
import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceGrpc;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.TracesData;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Receives spans by the OpenTelemetry protocol (OTLP over gRPC). */
public final class TraceGrpcService extends TraceServiceGrpc.TraceServiceImplBase {
  private final TraceStore store;

  public TraceGrpcService(TraceStore store) {
    this.store = store;
  }

  @Override
  public void export(
      ExportTraceServiceRequest request, StreamObserver<ExportTraceServiceResponse> observer) {
    long rejected = 0;
    for (ResourceSpans resource : request.getResourceSpansList()) {
      for (ScopeSpans scope : resource.getScopeSpansList()) {
        for (Map.Entry<String, ScopeSpans.Builder> trace : byTrace(scope).entrySet()) {
          ResourceSpans part =
              resource.toBuilder().clearScopeSpans().addScopeSpans(trace.getValue()).build();
          if (!store.add(trace.getKey(), part.toByteArray())) {
            rejected += trace.getValue().getSpansCount();
          }
        }
      }
    }
    ExportTraceServiceResponse.Builder response = ExportTraceServiceResponse.newBuilder();
    if (rejected > 0) {
      response.setPartialSuccess(
          ExportTracePartialSuccess.newBuilder()
              .setRejectedSpans(rejected)
              .setErrorMessage("a trace is larger than what is kept of one"));
    }
    observer.onNext(response.build());
    observer.onCompleted();
  }

  /** The trace of that name as a serialized {@code TracesData}; empty if nothing of it is kept. */
  static ByteString read(TraceStore store, String traceId) {
    List<byte[]> parts = store.find(traceId);
    TracesData.Builder data = TracesData.newBuilder();
    for (byte[] part : parts) {
      try {
        data.addResourceSpans(ResourceSpans.parseFrom(part));
      } catch (InvalidProtocolBufferException e) {
        throw new IllegalStateException("a part of a trace is what was written", e);
      }
    }
    return parts.isEmpty() ? ByteString.EMPTY : data.build().toByteString();
  }

  private static Map<String, ScopeSpans.Builder> byTrace(ScopeSpans scope) {
    Map<String, ScopeSpans.Builder> traces = new LinkedHashMap<>();
    for (Span span : scope.getSpansList()) {
      String id = HexFormat.of().formatHex(span.getTraceId().toByteArray());
      traces.computeIfAbsent(id, unused -> scope.toBuilder().clearSpans()).addSpans(span);
    }
    return traces;
  }
}
