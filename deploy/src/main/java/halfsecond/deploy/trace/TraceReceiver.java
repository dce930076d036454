// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.trace;

import halfsecond.common.rpc.GrpcServer;
import halfsecond.common.rpc.GrpcServers;
import halfsecond.common.rpc.Preset;
import halfsecond.common.rpc.ServerConfig;
import halfsecond.common.telemetry.Telemetry;
import io.grpc.stub.StreamObserver;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceGrpc;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import java.util.Map;
import java.util.concurrent.ExecutorService;

/**
 * A receiver of the OpenTelemetry protocol (OTLP over gRPC) on a free port of the loopback
 * interface: the spans that other processes export come into one collector.
 */
public final class TraceReceiver implements AutoCloseable {

  private final GrpcServer server;

  private TraceReceiver(GrpcServer server) {
    this.server = server;
  }

  /** Starts it. */
  public static TraceReceiver start(SpanCollector collector) {
    ExecutorService callbacks = GrpcServers.callbacks("trace-receiver");
    GrpcServer server =
        GrpcServers.builder(ServerConfig.loopback(), Preset.INNER, Telemetry.noop(), callbacks)
            .service(new Receiver(collector))
            .start();
    return new TraceReceiver(server.thenClose("callbacks", callbacks));
  }

  /** What makes the SDK of another process export its spans to here, soon after they end. */
  public Map<String, String> environment() {
    return Map.of(
        "OTEL_TRACES_EXPORTER", "otlp",
        "OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "grpc",
        "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "http://127.0.0.1:" + server.port(),
        "OTEL_BSP_SCHEDULE_DELAY", "50");
  }

  @Override
  public void close() {
    server.close();
  }

  private static final class Receiver extends TraceServiceGrpc.TraceServiceImplBase {
    private final SpanCollector collector;

    Receiver(SpanCollector collector) {
      this.collector = collector;
    }

    @Override
    public void export(
        ExportTraceServiceRequest request, StreamObserver<ExportTraceServiceResponse> response) {
      for (ResourceSpans resource : request.getResourceSpansList()) {
        String service = service(resource.getResource());
        resource
            .getScopeSpansList()
            .forEach(
                scope ->
                    scope
                        .getSpansList()
                        .forEach(span -> collector.add(new TracedSpan(service, span))));
      }
      response.onNext(ExportTraceServiceResponse.getDefaultInstance());
      response.onCompleted();
    }

    private static String service(Resource resource) {
      return resource.getAttributesList().stream()
          .filter(attribute -> attribute.getKey().equals("service.name"))
          .map(KeyValue::getValue)
          .map(value -> value.getStringValue())
          .findFirst()
          .orElse("");
    }
  }
}
