// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import halfsecond.deploy.audio.AudioFiles;
import halfsecond.deploy.client.Channels;
import halfsecond.deploy.client.SpeechClient;
import halfsecond.speech.v1.RecognitionConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a scrape of every service shows after an utterance, against the table in the manual. */
@Tag("side-by-side")
class MetricsDocumentationIT {

  private static final Path MANUAL = Path.of("..", "docs", "operations.md");
  private static final Path SAMPLE = Path.of("src", "main", "samples", "airport.wav");
  private static final Pattern DOCUMENTED = Pattern.compile("(?m)^\\| `([a-z_]+)` \\|");
  private static final Pattern EXPOSED = Pattern.compile("(?m)^# TYPE ([a-zA-Z_:]+) ");

  /** What the libraries bring along for every service. */
  private static final Pattern FOREIGN = Pattern.compile("(rpc|target|otel|process|jvm)_.*");

  @Test
  void documentsEveryMetricThatIsExposed() throws Exception {
    Map<Service, Integer> ports = new EnumMap<>(Service.class);
    for (Service service : Service.values()) {
      ports.put(service, freePort());
    }
    Set<String> exposed = new TreeSet<>();
    try (EmbeddedPipeline pipeline = EmbeddedPipeline.start(exposing(ports), List.of());
        SpeechClient client =
            new SpeechClient(Channels.open(pipeline.router(), Optional.empty()))) {
      client.transcribe(AudioFiles.wav(SAMPLE), RecognitionConfig.getDefaultInstance(), done -> {});
      for (int port : ports.values()) {
        exposed.addAll(names(EXPOSED, scrape(port)));
      }
    }
    exposed.removeIf(name -> FOREIGN.matcher(name).matches());

    assertThat(exposed).as("metrics of all services").hasSizeGreaterThan(15);
    assertThat(names(DOCUMENTED, Files.readString(MANUAL))).containsAll(exposed);
  }

  private static Config exposing(Map<Service, Integer> ports) {
    StringBuilder overrides = new StringBuilder();
    ports.forEach(
        (service, port) ->
            overrides
                .append("halfsecond.")
                .append(service.word())
                .append(".telemetry.prometheus { enabled = true, port = ")
                .append(port)
                .append(" }\n"));
    return ConfigFactory.parseString(overrides.toString())
        .withFallback(
            PipelineConfig.onFreePorts(
                PipelineConfig.load(Optional.empty(), TestModels.prepared())));
  }

  private static String scrape(int port) throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics")).build(),
            BodyHandlers.ofString())
        .body();
  }

  private static Set<String> names(Pattern pattern, String text) {
    Set<String> names = new TreeSet<>();
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      names.add(matcher.group(1));
    }
    return names;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
