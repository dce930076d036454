// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import halfsecond.deploy.pipeline.Signals;
import halfsecond.deploy.pipeline.TestModels;
import halfsecond.testing.ForkedJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real main class in a process of its own, with the distribution that the build made and the
 * prepared models.
 */
class CommandLineIT {

  /** Preparing the models is part of the first run on a machine. */
  private static final Duration LIMIT = Duration.ofMinutes(5);

  private static final Path DISTRIBUTION = Path.of(System.getProperty("distribution"));
  private static final Pattern ADDRESS =
      Pattern.compile("(?m)^router +(127\\.0\\.0\\.1:[0-9]+)\\b");

  @TempDir Path folder;

  @Test
  void teachesAndEndsWell() {
    ForkedJvm.Result help = run("--help");

    assertThat(help.exitCode()).isZero();
    assertThat(help.output()).contains("Usage: halfsecond", "halfsecond demo");
  }

  @Test
  void refusesAnUnknownCommand() {
    ForkedJvm.Result result = run("transcrib");

    assertThat(result.exitCode()).isEqualTo(64);
    assertThat(result.output()).contains("transcribe", "--help").doesNotContain("Exception");
  }

  @Test
  void saysThatAFileIsMissing() {
    ForkedJvm.Result result = run("transcribe", folder.resolve("none.wav").toString());

    assertThat(result.exitCode()).isEqualTo(66);
    assertThat(result.output()).contains("no such file").doesNotContain("Exception");
  }

  @Test
  void listsAndVerifiesThePreparedModels() {
    ForkedJvm.Result listed = run("model", "list");
    ForkedJvm.Result verified = run("model", "verify", "en-small@1");

    assertThat(listed.exitCode()).isZero();
    assertThat(listed.output()).contains("en-small@1", "en-small@2", "hash", "beam=");
    assertThat(verified.exitCode()).isZero();
    assertThat(verified.output()).contains("en-small@1: intact");
  }

  @Test
  void demonstratesTheWholePipeline() {
    ForkedJvm.Result demo = run("demo");

    assertThat(demo.exitCode()).as(demo.output()).isZero();
    assertThat(demo.output())
        .contains("> how long does it take to drive to the airport")
        .contains("ms after the end of speech")
        .contains("vad.endpoint", "route", "asr.decode", "asr.finalize", "deliver")
        .containsPattern("final +[0-9.]+ ms  of 500 ms promised")
        .containsPattern("spans of trace [0-9a-f]{32}")
        .doesNotContain("WARN", "ERROR");
  }

  @Test
  void demonstratesOneTraceAcrossProcesses() throws Exception {
    Path trace = folder.resolve("trace.json");

    ForkedJvm.Result demo = run("demo", "--processes", "--otlp", trace.toString());

    assertThat(demo.exitCode()).as(demo.output()).isZero();
    assertThat(demo.output())
        .contains("> how long does it take to drive to the airport")
        .contains("vad.endpoint", "route", "asr.decode", "asr.finalize", "deliver")
        .containsPattern("spans of trace [0-9a-f]{32}")
        .doesNotContain("WARN", "ERROR");
    assertThat(Files.readString(trace))
        .contains("vad-service", "asr-service", "router-service", "asr.finalize")
        .containsPattern("\"traceId\" : \"[0-9a-f]{32}\"");
  }

  @Test
  void transcribesWhatItCanAndTellsWhatFailed() throws Exception {
    String notes = Files.writeString(folder.resolve("notes.wav"), "no audio").toString();

    ForkedJvm.Result result = run("transcribe", "--json", notes, sample("airport.wav"));

    assertThat(result.exitCode()).isEqualTo(65);
    assertThat(result.output())
        .containsPattern("\\{\"file\":\"[^\"]*notes.wav\",\"error\":")
        .contains("\"transcript\":\"how long does it take to drive to the airport\"");
  }

  @Test
  void servesThroughTheEndOfAProcessUntilItIsToldToStop() throws Exception {
    try (ForkedJvm server = start("serve", "--asr-replicas", "1", "--config", freePorts())) {
      server.awaitOutput("ready", LIMIT);
      Map<String, Long> first = pids(server.output());
      assertThat(first).containsOnlyKeys("monitor", "vad", "asr", "router");
      String router = address(server.output());

      saysThatThePortIsInUse(router.replaceAll(".*:", ""));
      kill(Objects.requireNonNull(first.get("vad")));
      server.awaitOutput("vad ended with exit code 137; starting it again in 0.", LIMIT);
      server.awaitOutput("vad serves again as process ", LIMIT);
      ForkedJvm.Result client = run("transcribe", "--server", router, sample("airport.wav"));
      server.terminate();
      ForkedJvm.Result stopped = server.awaitExit(Duration.ofSeconds(90));

      assertThat(client.output()).contains("how long does it take to drive to the airport");
      assertThat(stopped.exitCode()).as(stopped.output()).isZero();
      assertThat(stopped.output())
          .contains("stopped")
          .doesNotContain("ERROR", "router ended", "asr ended");
      assertThat(first.values()).noneMatch(CommandLineIT::alive);
    }
  }

  private void saysThatThePortIsInUse(String port) throws Exception {
    Path taken =
        Files.writeString(
            folder.resolve("taken.conf"),
            Files.readString(Path.of(freePorts())) + "\nhalfsecond.router.server.port = " + port);

    ForkedJvm.Result second = run("serve", "--asr-replicas", "1", "--config", taken.toString());

    assertThat(second.exitCode()).isEqualTo(69);
    assertThat(second.output()).contains(port, "in use");
  }

  @Test
  void drainsInOrderAlthoughTheTerminalTellsEveryProcess() throws Exception {
    try (ForkedJvm server = start("serve", "--asr-replicas", "1", "--config", freePorts())) {
      server.awaitOutput("ready", LIMIT);
      Map<String, Long> pids = pids(server.output());

      pids.values().forEach(Signals::interrupt);
      Signals.interrupt(server.pid());
      ForkedJvm.Result result = server.awaitExit(Duration.ofSeconds(90));

      assertThat(result.exitCode()).as(result.output()).isZero();
      assertThat(result.output()).contains("stopped").doesNotContain("ended with exit code");
      assertThat(pids.values()).noneMatch(CommandLineIT::alive);
    }
  }

  @Test
  void leavesNoProcessBehindWhenItIsKilled() throws Exception {
    try (ForkedJvm server = start("serve", "--asr-replicas", "1", "--config", freePorts())) {
      server.awaitOutput("ready", LIMIT);
      Map<String, Long> pids = pids(server.output());

      server.kill();

      // Each drains first, which takes as long as open calls do: there are none.
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> pids.values().stream().noneMatch(CommandLineIT::alive));
    }
  }

  @Test
  void servesFromOneProcessWhenAsked() throws Exception {
    try (ForkedJvm server = start("serve", "--single-jvm", "--config", freePorts())) {
      server.awaitOutput("ready", LIMIT);
      String router = address(server.output());

      ForkedJvm.Result client = run("transcribe", "--server", router, sample("airport.wav"));
      server.terminate();
      ForkedJvm.Result stopped = server.awaitExit(Duration.ofSeconds(60));

      assertThat(client.output()).contains("how long does it take to drive to the airport");
      assertThat(pids(stopped.output())).isEmpty();
      assertThat(stopped.exitCode()).as(stopped.output()).isZero();
    }
  }

  private static ForkedJvm.Result run(String... arguments) {
    return ForkedJvm.run(Halfsecond.class, LIMIT, options(), arguments);
  }

  private static ForkedJvm start(String... arguments) {
    return ForkedJvm.start(Halfsecond.class, options(), arguments);
  }

  /**
   * The models that all modules' tests share lie in a folder called models, and its parent serves
   * as home.
   */
  private static List<String> options() {
    Path models = TestModels.prepared();
    assertThat(models).hasFileName("models");
    return List.of(
        "-Dhalfsecond.home=" + models.getParent(), "-Dhalfsecond.distribution=" + DISTRIBUTION);
  }

  private static String sample(String name) {
    return DISTRIBUTION.resolve("samples").resolve(name).toString();
  }

  private String freePorts() throws Exception {
    StringBuilder config = new StringBuilder();
    for (String service : List.of("router", "vad", "asr", "monitor")) {
      config.append("halfsecond.").append(service).append(".server.port = 0\n");
    }
    return Files.writeString(folder.resolve("free.conf"), config).toString();
  }

  private static String address(String output) {
    Matcher matcher = ADDRESS.matcher(output);
    assertThat(matcher.find()).as(output).isTrue();
    return matcher.group(1);
  }

  private static Map<String, Long> pids(String output) {
    Map<String, Long> pids = new HashMap<>();
    Matcher matcher =
        Pattern.compile("(?m)^([a-z0-9-]+) .* process ([0-9]+), log ").matcher(output);
    while (matcher.find()) {
      pids.put(matcher.group(1), Long.parseLong(matcher.group(2)));
    }
    return pids;
  }

  private static void kill(long pid) {
    ProcessHandle.of(pid).orElseThrow().destroyForcibly();
  }

  private static boolean alive(long pid) {
    return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
  }
}
