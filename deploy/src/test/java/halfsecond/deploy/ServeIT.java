// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import halfsecond.deploy.pipeline.Signals;
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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code serve}, from its start to its end. */
@Tag("side-by-side")
class ServeIT {

  private static final Pattern ADDRESS =
      Pattern.compile("(?m)^router +(127\\.0\\.0\\.1:[0-9]+)\\b");

  @TempDir Path folder;

  @Test
  void servesThroughTheEndOfAProcessUntilItIsToldToStop() throws Exception {
    try (ForkedJvm server = serve()) {
      server.awaitOutput("ready", Program.LIMIT);
      Map<String, Long> first = pids(server.output());
      assertThat(first).containsOnlyKeys("monitor", "vad", "asr", "router");
      String router = address(server.output());

      saysThatThePortIsInUse(router.replaceAll(".*:", ""));
      kill(Objects.requireNonNull(first.get("vad")));
      server.awaitOutput("vad ended with exit code 137; starting it again in 0.", Program.LIMIT);
      server.awaitOutput("vad serves again as process ", Program.LIMIT);
      ForkedJvm.Result client =
          Program.run("transcribe", "--server", router, Program.sample("airport.wav"));
      server.terminate();
      ForkedJvm.Result stopped = server.awaitExit(Duration.ofSeconds(90));

      assertThat(client.output()).contains("how long does it take to drive to the airport");
      assertThat(stopped.exitCode()).as(stopped.output()).isZero();
      assertThat(stopped.output())
          .contains("stopped")
          .doesNotContain("ERROR", "router ended", "asr ended");
      assertThat(first.values()).noneMatch(ServeIT::alive);
    }
  }

  private void saysThatThePortIsInUse(String port) throws Exception {
    Path taken =
        Files.writeString(
            folder.resolve("taken.conf"),
            Files.readString(Path.of(freePorts())) + "\nhalfsecond.router.server.port = " + port);

    ForkedJvm.Result second =
        Program.run("serve", "--asr-replicas", "1", "--config", taken.toString());

    assertThat(second.exitCode()).isEqualTo(69);
    assertThat(second.output()).contains(port, "in use");
  }

  @Test
  void drainsInOrderAlthoughTheTerminalTellsEveryProcess() throws Exception {
    try (ForkedJvm server = serve()) {
      server.awaitOutput("ready", Program.LIMIT);
      Map<String, Long> pids = pids(server.output());

      pids.values().forEach(Signals::interrupt);
      Signals.interrupt(server.pid());
      ForkedJvm.Result result = server.awaitExit(Duration.ofSeconds(90));

      assertThat(result.exitCode()).as(result.output()).isZero();
      assertThat(result.output()).contains("stopped").doesNotContain("ended with exit code");
      assertThat(pids.values()).noneMatch(ServeIT::alive);
    }
  }

  @Test
  void leavesNoProcessBehindWhenItIsKilled() throws Exception {
    try (ForkedJvm server = serve()) {
      server.awaitOutput("ready", Program.LIMIT);
      Map<String, Long> pids = pids(server.output());

      server.kill();

      // Each drains first, which takes as long as open calls do: there are none.
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> pids.values().stream().noneMatch(ServeIT::alive));
    }
  }

  @Test
  void servesFromOneProcessWhenAsked() throws Exception {
    try (ForkedJvm server = Program.start("serve", "--single-jvm", "--config", freePorts())) {
      server.awaitOutput("ready", Program.LIMIT);
      String router = address(server.output());

      ForkedJvm.Result client =
          Program.run("transcribe", "--server", router, Program.sample("airport.wav"));
      server.terminate();
      ForkedJvm.Result stopped = server.awaitExit(Duration.ofSeconds(60));

      assertThat(client.output()).contains("how long does it take to drive to the airport");
      assertThat(pids(stopped.output())).isEmpty();
      assertThat(stopped.exitCode()).as(stopped.output()).isZero();
    }
  }

  private ForkedJvm serve() throws Exception {
    return Program.start("serve", "--asr-replicas", "1", "--config", freePorts());
  }

  private String freePorts() throws Exception {
    StringBuilder config = new StringBuilder();
    for (String service : List.of("router", "vad", "asr", "monitor")) {
      config.append("halfsecond.").append(service).append(".server.port = 0\n");
    }
    config.append("halfsecond.monitor.dashboard.port = 0\n");
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
