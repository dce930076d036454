// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import halfsecond.monitor.trace.TraceStore;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceGrpc;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.TracesData;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class TraceGrpcServiceTest {
  private static final String ONE = "0af7651916cd43dd8448eb211c80319c";
  private static final String TWO = "1bf7651916cd43dd8448eb211c80319c";

  private final TraceStore store = new TraceStore(100_000);
  private Server server;
  private ManagedChannel channel;

  @BeforeEach
  void start() throws IOException {
    String name = InProcessServerBuilder.generateName();
    server =
        InProcessServerBuilder.forName(name)
            .directExecutor()
            .addService(new TraceGrpcService(store))
            .build()
            .start();
    channel = InProcessChannelBuilder.forName(name).directExecutor().build();
  }

  @AfterEach
  void stop() {
    channel.shutdownNow();
    server.shutdownNow();
  }

  private void export(String service, Span... spans) {
    var unused =
        TraceServiceGrpc.newBlockingStub(channel)
            .export(
                ExportTraceServiceRequest.newBuilder()
                    .addResourceSpans(
                        ResourceSpans.newBuilder()
                            .setResource(
                                Resource.newBuilder()
                                    .addAttributes(
                                        KeyValue.newBuilder()
                                            .setKey("service.name")
                                            .setValue(
                                                AnyValue.newBuilder().setStringValue(service))))
                            .addScopeSpans(ScopeSpans.newBuilder().addAllSpans(List.of(spans))))
                    .build());
  }

  private static Span span(String trace, String name) {
    return Span.newBuilder()
        .setTraceId(ByteString.copyFrom(HexFormat.of().parseHex(trace)))
        .setName(name)
        .build();
  }

  @Test
  void bringsTheSpansOfAllServicesTogether() throws IOException {
    export("router", span(ONE, "utterance"), span(TWO, "utterance"));
    export("asr", span(ONE, "decode"));

    TracesData one = TracesData.parseFrom(TraceGrpcService.read(store, ONE));

    assertThat(one.getResourceSpansList())
        .extracting(spans -> spans.getResource().getAttributes(0).getValue().getStringValue())
        .containsExactly("router", "asr");
    assertThat(one.getResourceSpansList())
        .extracting(spans -> spans.getScopeSpans(0).getSpans(0).getName())
        .containsExactly("utterance", "decode");
    assertThat(TraceGrpcService.read(store, "00")).isEqualTo(ByteString.EMPTY);
  }

  @Test
  void saysHowManySpansItCouldNotTake() {
    String large = "x".repeat(90_000);
    export("router", span(ONE, large));
    var response =
        TraceServiceGrpc.newBlockingStub(channel)
            .export(
                ExportTraceServiceRequest.newBuilder()
                    .addResourceSpans(
                        ResourceSpans.newBuilder()
                            .addScopeSpans(ScopeSpans.newBuilder().addSpans(span(ONE, large))))
                    .build());

    assertThat(response.getPartialSuccess().getRejectedSpans()).isEqualTo(1);
  }
}
