// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import halfsecond.deploy.pipeline.Service;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A real Prometheus with the rules and the configuration that are shipped, hurried and pointed at
 * the ports of one pipeline.
 */
final class PrometheusProcess implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Process process;
  private final int port;
  private final HttpClient http = HttpClient.newHttpClient();

  private PrometheusProcess(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  static PrometheusProcess start(Path program, MeteredPipeline pipeline) throws IOException {
    Path folder =
        Files.createTempDirectory(Files.createDirectories(Path.of("target")), "prometheus")
            .toAbsolutePath();
    Files.writeString(
        folder.resolve("halfsecond.rules.yml"),
        Files.readString(Shipped.RULES).replace("interval: 30s", "interval: 1s"));
    String config =
        Files.readString(Shipped.CONFIG)
            .replace("scrape_interval: 15s", "scrape_interval: 1s")
            .replace(", \"127.0.0.1:9476\"", "");
    config = target(config, 9464, pipeline.port(Service.ROUTER));
    config = target(config, 9465, pipeline.port(Service.VAD));
    config = target(config, 9466, pipeline.port(Service.ASR));
    config = target(config, 9467, pipeline.port(Service.MONITOR));
    Path file = Files.writeString(folder.resolve("prometheus.yml"), config);
    int port = MeteredPipeline.freePort();
    Process process =
        new ProcessBuilder(
                program.toString(),
                "--config.file=" + file,
                "--storage.tsdb.path=" + folder.resolve("data"),
                "--web.listen-address=127.0.0.1:" + port,
                "--log.level=warn")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    return new PrometheusProcess(process, port);
  }

  private static String target(String config, int shipped, int here) {
    String address = "\"127.0.0.1:" + shipped + "\"";
    if (!config.contains(address)) {
      throw new AssertionError("no target " + address);
    }
    return config.replace(address, "\"127.0.0.1:" + here + "\"");
  }

  /** How many are scraped; 0 while it starts. */
  long targetsUp() throws InterruptedException {
    try {
      return query("up == 1").size();
    } catch (IOException e) {
      if (!process.isAlive()) {
        throw new AssertionError("Prometheus has ended with " + process.exitValue(), e);
      }
      return 0;
    }
  }

  /** The series that answer a query now. */
  List<JsonNode> query(String query) throws IOException, InterruptedException {
    JsonNode answer = get("query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8));
    if (!"success".equals(answer.path("status").asText())) {
      throw new AssertionError(query + ": " + answer);
    }
    return list(answer.path("data").path("result"));
  }

  /** All rules, with their health. */
  List<JsonNode> rules() throws IOException, InterruptedException {
    List<JsonNode> rules = new ArrayList<>();
    for (JsonNode group : get("rules").path("data").path("groups")) {
      rules.addAll(list(group.path("rules")));
    }
    return rules;
  }

  private JsonNode get(String path) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + port + "/api/v1/" + path);
    return JSON.readTree(
        http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body());
  }

  private static List<JsonNode> list(JsonNode array) {
    List<JsonNode> all = new ArrayList<>();
    array.forEach(all::add);
    return all;
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }
}
