// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.metrics;

import com.google.protobuf.util.Durations;
import com.typesafe.config.Config;
import halfsecond.deploy.audio.AudioFiles;
import halfsecond.deploy.client.Channels;
import halfsecond.deploy.client.SpeechClient;
import halfsecond.deploy.client.StreamOptions;
import halfsecond.deploy.pipeline.EmbeddedPipeline;
import halfsecond.deploy.pipeline.PipelineConfig;
import halfsecond.deploy.pipeline.Service;
import halfsecond.deploy.pipeline.TestModels;
import halfsecond.speech.v1.RecognitionConfig;
import halfsecond.speech.v1.StreamingRecognitionConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All services in this JVM, each with its metrics on a port, and somebody who speaks to them. */
final class MeteredPipeline implements AutoCloseable {

  private static final Path SAMPLE = Path.of("src", "main", "samples", "airport.wav");

  /** What is measured here is not how soon: a busy machine is no lost backend. */
  private static final String PATIENCE =
      "halfsecond.router { limits.detector-stall = 60 s, replay.hang-after = 10 s }\n";

  private final Map<Service, Integer> ports = new EnumMap<>(Service.class);
  private final EmbeddedPipeline pipeline;
  private final SpeechClient client;

  MeteredPipeline() throws IOException {
    StringBuilder overrides =
        new StringBuilder(PATIENCE)
            .append("halfsecond.defaults.telemetry.prometheus.enabled = true\n");
    for (Service service : Service.values()) {
      ports.put(service, freePort());
      overrides
          .append("halfsecond.")
          .append(service.word())
          .append(".telemetry.prometheus.port = ")
          .append(ports.get(service))
          .append("\n");
    }
    // As an operator's file, because what others refer to can only be changed there.
    Path file = Files.createTempFile("metered", ".conf");
    try {
      Files.writeString(file, overrides);
      Config config = PipelineConfig.load(Optional.of(file), TestModels.prepared());
      pipeline = EmbeddedPipeline.start(PipelineConfig.onFreePorts(config), List.of());
    } finally {
      Files.delete(file);
    }
    client = new SpeechClient(Channels.open(pipeline.router(), Optional.empty()));
  }

  /** Where the service's metrics are. */
  int port(Service service) {
    return ports.getOrDefault(service, 0);
  }

  /**
   * A recording as BATCH, the same LIVE, and again with a budget that is over before anybody knows
   * that the speech is.
   */
  void speak() throws IOException, InterruptedException {
    client.transcribe(AudioFiles.wav(SAMPLE), RecognitionConfig.getDefaultInstance(), done -> {});
    stream(StreamingRecognitionConfig.getDefaultInstance());
    stream(
        StreamingRecognitionConfig.newBuilder()
            .setLatencyBudget(Durations.fromMillis(200))
            .build());
  }

  private void stream(StreamingRecognitionConfig config) throws IOException, InterruptedException {
    client.stream(
        AudioFiles.wav(SAMPLE),
        config,
        StreamOptions.live().withTail(Duration.ofSeconds(1)),
        received -> {});
  }

  /** What all services export now. */
  String scrape() throws IOException, InterruptedException {
    StringBuilder all = new StringBuilder();
    for (int port : ports.values()) {
      URI uri = URI.create("http://127.0.0.1:" + port + "/metrics");
      all.append(
          HttpClient.newHttpClient()
              .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
              .body());
    }
    return all.toString();
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    client.close();
    pipeline.close();
  }
}
