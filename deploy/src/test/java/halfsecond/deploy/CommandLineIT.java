// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import halfsecond.deploy.pipeline.TestModels;
import halfsecond.testing.ForkedJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
  private static final Pattern ADDRESS = Pattern.compile("(?m)^router +(127\\.0\\.0\\.1:[0-9]+)$");

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
  void transcribesWhatItCanAndTellsWhatFailed() throws Exception {
    String notes = Files.writeString(folder.resolve("notes.wav"), "no audio").toString();

    ForkedJvm.Result result = run("transcribe", "--json", notes, sample("airport.wav"));

    assertThat(result.exitCode()).isEqualTo(65);
    assertThat(result.output())
        .containsPattern("\\{\"file\":\"[^\"]*notes.wav\",\"error\":")
        .contains("\"transcript\":\"how long does it take to drive to the airport\"");
  }

  @Test
  void servesUntilItIsToldToStop() throws Exception {
    try (ForkedJvm server = start("serve", "--config", freePorts())) {
      server.awaitOutput("ready", LIMIT);
      String router = address(server.output());

      ForkedJvm.Result client = run("transcribe", "--server", router, sample("airport.wav"));
      server.terminate();
      ForkedJvm.Result stopped = server.awaitExit(Duration.ofSeconds(60));

      assertThat(client.output()).contains("how long does it take to drive to the airport");
      assertThat(stopped.exitCode()).as(stopped.output()).isZero();
      assertThat(stopped.output()).contains("stopped").doesNotContain("ERROR");
    }
  }

  @Test
  void saysThatAPortIsInUse() throws Exception {
    try (ForkedJvm first = start("serve", "--config", freePorts())) {
      first.awaitOutput("ready", LIMIT);
      String port = address(first.output()).replaceAll(".*:", "");
      Path taken =
          Files.writeString(
              folder.resolve("taken.conf"),
              Files.readString(Path.of(freePorts())) + "\nhalfsecond.router.server.port = " + port);

      ForkedJvm.Result second = run("serve", "--config", taken.toString());

      assertThat(second.exitCode()).isEqualTo(69);
      assertThat(second.output()).contains(port, "in use");
    }
  }

  @Test
  void stopsTheOtherProcessesWhenOneDies() throws Exception {
    try (ForkedJvm server = start("serve", "--processes", "--config", freePorts())) {
      server.awaitOutput("ready", LIMIT);
      Matcher vad = Pattern.compile("(?m)^vad +process ([0-9]+),").matcher(server.output());
      assertThat(vad.find()).isTrue();
      List<Long> children = pids(server.output());

      ProcessHandle.of(Long.parseLong(vad.group(1))).orElseThrow().destroyForcibly();
      ForkedJvm.Result result = server.awaitExit(Duration.ofSeconds(90));

      assertThat(result.exitCode()).isEqualTo(69);
      assertThat(result.output()).contains("vad ended with exit code 137");
      assertThat(children)
          .hasSize(4)
          .noneMatch(pid -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent());
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

  private static List<Long> pids(String output) {
    List<Long> pids = new ArrayList<>();
    Matcher matcher = Pattern.compile("(?m) process ([0-9]+),").matcher(output);
    while (matcher.find()) {
      pids.add(Long.parseLong(matcher.group(1)));
    }
    return pids;
  }
}
