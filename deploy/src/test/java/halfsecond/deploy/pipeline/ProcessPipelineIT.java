// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import halfsecond.common.lifecycle.StartException;
import halfsecond.deploy.client.Channels;
import halfsecond.deploy.client.HealthProbe;
import halfsecond.deploy.supervise.Events;
import halfsecond.deploy.supervise.Snapshot;
import halfsecond.deploy.supervise.Supervised;
import io.grpc.ManagedChannel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("side-by-side")
class ProcessPipelineIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;

  private static Config config(String overrides) {
    Path models = TestModels.prepared();
    return PipelineConfig.onFreePorts(
        ConfigFactory.parseString(overrides)
            .withFallback(PipelineConfig.load(Optional.empty(), models)));
  }

  @Test
  void replacesAServiceThatIsKilledOrHangs() throws Exception {
    Recorded events = new Recorded();
    try (ProcessPipeline pipeline = start(ReplicaCounts.ONE, events)) {
      ServiceProcess first = pipeline.process(Service.VAD);

      first.kill();
      assertThat(events.next()).isEqualTo("vad ended 137");
      assertThat(events.next()).isEqualTo("vad back");

      assertThat(pipeline.process(Service.VAD).pid()).isNotEqualTo(first.pid());
      assertThat(pipeline.process(Service.VAD).endpoint()).isEqualTo(first.endpoint());
      for (ServiceProcess process : pipeline.processes()) {
        assertThat(health(process)).as(process.service().word()).isEqualTo("SERVING");
      }

      Signals.suspend(pipeline.process(Service.VAD).pid());
      assertThat(events.next()).isEqualTo("vad hung");
      assertThat(events.next()).isEqualTo("vad ended 137");
      assertThat(events.next()).isEqualTo("vad back");
      assertThat(health(pipeline.process(Service.VAD))).isEqualTo("SERVING");
    }
  }

  @Test
  void replacesAServiceWithoutCallingItAnAccident() throws Exception {
    Recorded events = new Recorded();
    try (ProcessPipeline pipeline = start(new ReplicaCounts(1, 2), events)) {
      List<ServiceProcess> before = pipeline.processes();

      pipeline.restart(Service.VAD);

      for (ServiceProcess process : before) {
        boolean vad = process.service() == Service.VAD;
        assertThat(pipeline.process(process.replica()).pid() != process.pid())
            .as("%s was replaced", process.replica().name())
            .isEqualTo(vad);
        if (vad) {
          assertThat(process.awaitExit(PATIENCE)).as("drained, not killed").hasValue(0);
        }
      }
      assertThat(events.none()).isTrue();
    }
  }

  @Test
  void leavesAStoppedReplicaDownAndDrainsEveryOtherWhenClosed() throws Exception {
    Recorded events = new Recorded();
    List<ServiceProcess> atTheEnd;
    try (ProcessPipeline pipeline = start(ReplicaCounts.ONE, events)) {
      Supervised vad = pipeline.supervised(pipeline.replica(Service.VAD, 0));

      vad.stop().get(60, TimeUnit.SECONDS);

      assertThat(vad.snapshot()).isEqualTo(new Snapshot(Snapshot.Phase.STOPPED, 0, 0));
      assertThat(pipeline.process(Service.VAD).awaitExit(PATIENCE)).hasValue(0);
      vad.start().get(60, TimeUnit.SECONDS);
      assertThat(health(pipeline.process(Service.VAD))).isEqualTo("SERVING");
      assertThat(events.none()).isTrue();
      atTheEnd = pipeline.processes();
    }

    for (ServiceProcess process : atTheEnd) {
      assertThat(process.awaitExit(PATIENCE)).as(process.service().word()).hasValue(0);
    }
  }

  @Test
  void theMonitorGetsItsSecretsWithoutAFileThatHasThem() throws Exception {
    Config config =
        config("halfsecond.monitor.alarms.webhook.url = \"http://127.0.0.1:1/hidden-path\"");

    try (ProcessPipeline pipeline = ProcessPipeline.start(config, folder.resolve("run"))) {
      assertThat(environment(pipeline.process(Service.MONITOR)))
          .contains("MONITOR_WEBHOOK_URL=http://127.0.0.1:1/hidden-path");
      assertThat(environment(pipeline.process(Service.ROUTER)))
          .noneMatch(it -> it.contains("hidden-path"));
    }

    try (var files = Files.list(folder.resolve("run"))) {
      for (Path file : files.toList()) {
        assertThat(file).content().doesNotContain("hidden-path");
      }
    }
  }

  private static List<String> environment(ServiceProcess process) throws IOException {
    String all = Files.readString(Path.of("/proc", Long.toString(process.pid()), "environ"));
    return List.of(all.split("\0", -1));
  }

  @Test
  void stopsTheOthersWhenOneDoesNotStart() {
    Config noModels = config("halfsecond.asr.models.directory = \"" + folder + "/none\"");

    assertThatThrownBy(() -> ProcessPipeline.start(noModels, folder.resolve("run")))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("asr")
        .hasMessageContaining("asr.log");

    assertThat(ProcessHandle.current().children().filter(ProcessHandle::isAlive)).isEmpty();
  }

  private ProcessPipeline start(ReplicaCounts counts, Events events) throws Exception {
    return ProcessPipeline.start(
        config(""), ProcessPipeline.Options.of(counts).withEvents(events), folder);
  }

  /** Events in the order in which they came. */
  private static final class Recorded implements Events {
    private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();

    String next() throws InterruptedException {
      return String.valueOf(seen.poll(60, TimeUnit.SECONDS));
    }

    boolean none() {
      return seen.isEmpty();
    }

    @Override
    public void ended(String name, int exitCode, Duration restartIn) {
      seen.add(name + " ended " + exitCode);
    }

    @Override
    public void hung(String name, Duration silent) {
      seen.add(name + " hung");
    }

    @Override
    public void looping(String name, int ends) {
      seen.add(name + " looping");
    }

    @Override
    public void back(String name, long pid, Duration away) {
      seen.add(name + " back");
    }
  }

  private static String health(ServiceProcess process) throws Exception {
    ManagedChannel channel = Channels.open(process.endpoint(), Optional.empty());
    try {
      return HealthProbe.ask(channel, Duration.ofSeconds(20)).state();
    } finally {
      channel.shutdownNow();
    }
  }
}
