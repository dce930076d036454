// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.targets;

import com.google.protobuf.ByteString;
import halfsecond.loadtest.targets.TargetOptions.Urgency;
import halfsecond.speech.v1.EndpointingMode;
import halfsecond.speech.v1.RecognitionConfig;
import halfsecond.speech.v1.SpeechMarker;
import halfsecond.speech.v1.SpeechServiceGrpc;
import halfsecond.speech.v1.StreamingRecognitionConfig;
import halfsecond.speech.v1.StreamingRecognizeRequest;
import halfsecond.speech.v1.StreamingRecognizeResponse;
import halfsecond.speech.v1.TrafficClass;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * The speech API over gRPC: one session for each query, 16 kHz LINEAR16. The listener is called by
 * the one thread of the connections.
 */
public final class HalfsecondTarget implements Target {
  /** Who says where speech begins and ends. */
  public enum Endpointing {
    /** The server's detector: what a microphone client uses. */
    SERVER,
    /** The client, by markers: leaves the detector and its wait out. */
    CLIENT
  }

  private final String name;
  private final Endpointing endpointing;
  private final boolean interims;
  private final Urgency urgency;
  private final String model;
  private final HostPort server;
  private final ConnectionPool connections;
  private final SpeechAnswers answers = new SpeechAnswers();
  private final StreamProtocol<StreamingRecognizeResponse> protocol;
  private final LongAdder sentUnready = new LongAdder();

  /**
   * Connects at once; a server that is not there fails the queries.
   *
   * @param options the address, connections, interim results (on unless said otherwise), urgency
   *     and model version
   * @throws IllegalArgumentException without an address, or with one that is not on this machine
   */
  public HalfsecondTarget(String name, Endpointing endpointing, TargetOptions options) {
    this.name = name;
    this.endpointing = endpointing;
    this.interims = options.interims().orElse(true);
    this.urgency = options.urgency();
    this.model = options.modelVersion().orElse("");
    this.server =
        HostPort.parse(
            options
                .address()
                .orElseThrow(() -> new IllegalArgumentException("needs the address of a router")));
    this.protocol = protocol();
    boolean unused = GrpcQuery.warmUp();
    this.connections = new ConnectionPool(server, options.connections());
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Map<String, String> facts() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("protocol", "gRPC halfsecond.speech.v1, a session for each query");
    facts.put("server", server.toString());
    facts.put("model", String.join(", ", answers.versions()));
    facts.put("endpointing", endpointing == Endpointing.SERVER ? "server" : "client, by markers");
    facts.put("interim results", interims ? "on" : "off");
    facts.put("traffic class", urgency.name());
    facts.put("connections", Integer.toString(connections.size()));
    if (sentUnready.sum() > 0) {
      facts.put("messages sent while the connection was full", Long.toString(sentUnready.sum()));
    }
    return facts;
  }

  @Override
  public boolean serverFindsEnd() {
    return endpointing == Endpointing.SERVER;
  }

  @Override
  public QueryStream open(QueryListener listener) {
    return GrpcQuery.open(protocol, connections.acquire(), listener, sentUnready);
  }

  @Override
  public void close() {
    connections.close();
  }

  private StreamProtocol<StreamingRecognizeResponse> protocol() {
    ByteString config =
        StreamingRecognizeRequest.newBuilder().setStreamingConfig(config()).build().toByteString();
    boolean markers = endpointing == Endpointing.CLIENT;
    return new StreamProtocol<>(
        SerializedMessage.method(SpeechServiceGrpc.getStreamingRecognizeMethod()),
        markers ? List.of(config, marker(SpeechMarker.Kind.KIND_SPEECH_START)) : List.of(config),
        markers ? List.of(marker(SpeechMarker.Kind.KIND_SPEECH_END)) : List.of(),
        answers);
  }

  private StreamingRecognitionConfig config() {
    return StreamingRecognitionConfig.newBuilder()
        .setConfig(
            RecognitionConfig.newBuilder()
                .setEncoding(RecognitionConfig.AudioEncoding.AUDIO_ENCODING_LINEAR16)
                .setSampleRateHertz(16_000)
                .setAudioChannelCount(1)
                .setModel(model)
                .setTrafficClass(
                    urgency == Urgency.LIVE
                        ? TrafficClass.TRAFFIC_CLASS_LIVE
                        : TrafficClass.TRAFFIC_CLASS_BATCH))
        .setInterimResults(interims)
        .setEndpointingMode(
            endpointing == Endpointing.SERVER
                ? EndpointingMode.ENDPOINTING_MODE_SERVER
                : EndpointingMode.ENDPOINTING_MODE_CLIENT)
        .build();
  }

  private static ByteString marker(SpeechMarker.Kind kind) {
    return StreamingRecognizeRequest.newBuilder()
        .setSpeechMarker(SpeechMarker.newBuilder().setKind(kind))
        .build()
        .toByteString();
  }
}
