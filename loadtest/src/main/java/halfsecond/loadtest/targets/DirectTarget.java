// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.targets;

import com.google.protobuf.ByteString;
import halfsecond.asr.v1.AsrServiceGrpc;
import halfsecond.asr.v1.Finish;
import halfsecond.asr.v1.TranscribeConfig;
import halfsecond.asr.v1.TranscribeRequest;
import halfsecond.asr.v1.TranscribeResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * A recognition service without a router: one clip for each query. Beside the same service behind a
 * router, the difference is what the router costs.
 */
final class DirectTarget implements Target {
  private final String name;
  private final String model;
  private final HostPort server;
  private final ConnectionPool connections;
  private final StreamProtocol<TranscribeResponse> protocol;
  private final LongAdder sentUnready = new LongAdder();

  /**
   * Connects at once.
   *
   * @param address host:port of what serves {@code halfsecond.asr.v1.AsrService}
   * @param model version that the service has loaded
   */
  DirectTarget(String name, String address, String model, int connections) {
    this.name = name;
    this.model = model;
    this.server = HostPort.parse(address);
    this.protocol =
        new StreamProtocol<>(
            SerializedMessage.method(AsrServiceGrpc.getTranscribeMethod()),
            List.of(config(model)),
            List.of(finish()),
            DirectTarget::tell);
    this.connections = new ConnectionPool(server, connections);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Map<String, String> facts() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("protocol", "gRPC halfsecond.asr.v1, a clip for each query, no router");
    facts.put("server", server.toString());
    facts.put("model", model);
    facts.put("connections", Integer.toString(connections.size()));
    if (sentUnready.sum() > 0) {
      facts.put("messages sent while the connection was full", Long.toString(sentUnready.sum()));
    }
    return facts;
  }

  @Override
  public boolean serverFindsEnd() {
    return false;
  }

  @Override
  public QueryStream open(QueryListener listener) {
    return GrpcQuery.open(protocol, connections.acquire(), listener, sentUnready);
  }

  @Override
  public void close() {
    connections.close();
  }

  private static boolean tell(TranscribeResponse response, QueryListener listener) {
    switch (response.getResponseCase()) {
      case HYPOTHESIS -> listener.partial(response.getHypothesis().getTranscript());
      case FINAL_RESULT -> {
        String text = response.getFinalResult().getAlternatives(0).getTranscript();
        listener.answered(new FinalAnswer(text, "", 1, List.of()));
        return true;
      }
      case PROGRESS, RESPONSE_NOT_SET -> {}
    }
    return false;
  }

  private static ByteString config(String model) {
    return TranscribeRequest.newBuilder()
        .setConfig(
            TranscribeConfig.newBuilder()
                .setModelVersion(model)
                .setUtteranceId("load")
                .setAttempt(1)
                .setSampleRateHertz(16_000))
        .build()
        .toByteString();
  }

  private static ByteString finish() {
    return TranscribeRequest.newBuilder()
        .setFinish(Finish.getDefaultInstance())
        .build()
        .toByteString();
  }
}
