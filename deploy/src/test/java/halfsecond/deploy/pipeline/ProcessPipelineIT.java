// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import halfsecond.common.lifecycle.StartException;
import halfsecond.deploy.client.Channels;
import halfsecond.deploy.client.HealthProbe;
import io.grpc.ManagedChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
  void bringsAKilledServiceBackOnItsPort() throws Exception {
    try (ProcessPipeline pipeline = ProcessPipeline.start(config(""), folder)) {
      ServiceProcess first = pipeline.process(Service.VAD);

      first.kill();
      assertThat(pipeline.firstExit().get(60, TimeUnit.SECONDS)).isSameAs(first);
      pipeline.restart(Service.VAD);

      assertThat(pipeline.process(Service.VAD).pid()).isNotEqualTo(first.pid());
      assertThat(pipeline.process(Service.VAD).endpoint()).isEqualTo(first.endpoint());
      for (ServiceProcess process : pipeline.processes()) {
        assertThat(health(process)).as(process.service().word()).isEqualTo("SERVING");
      }
    }
  }

  @Test
  void drainsEveryProcessWhenClosed() throws Exception {
    ProcessPipeline pipeline = ProcessPipeline.start(config(""), folder);

    pipeline.close();

    for (ServiceProcess process : pipeline.processes()) {
      assertThat(process.awaitExit(PATIENCE)).as(process.service().word()).hasValue(0);
    }
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

  private static String health(ServiceProcess process) throws Exception {
    ManagedChannel channel = Channels.open(process.endpoint(), Optional.empty());
    try {
      return HealthProbe.ask(channel, Duration.ofSeconds(20)).state();
    } finally {
      channel.shutdownNow();
    }
  }
}
