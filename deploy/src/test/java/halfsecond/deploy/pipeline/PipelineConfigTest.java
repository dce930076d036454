// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import halfsecond.asr.AsrConfig;
import halfsecond.deploy.client.Endpoint;
import halfsecond.monitor.MonitorConfig;
import halfsecond.router.RouterConfig;
import halfsecond.vad.VadConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipelineConfigTest {

  @TempDir Path folder;

  @Test
  void givesEachServiceItsDocumentedPort() {
    Config config = PipelineConfig.load(Optional.empty(), folder);

    assertThat(PipelineConfig.port(config, Service.ROUTER)).isEqualTo(7600);
    assertThat(PipelineConfig.port(config, Service.VAD)).isEqualTo(7601);
    assertThat(PipelineConfig.port(config, Service.ASR)).isEqualTo(7602);
    assertThat(PipelineConfig.port(config, Service.MONITOR)).isEqualTo(7603);
    assertThat(AsrConfig.load(config).catalogue()).isEqualTo(folder);
  }

  @Test
  void letsTheOperatorsFileWin() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("my.conf"),
            "halfsecond { router.server.port = 17600, asr.models.directory = /elsewhere }");

    Config config = PipelineConfig.load(Optional.of(file), folder);

    assertThat(RouterConfig.load(config).server().port()).isEqualTo(17600);
    assertThat(AsrConfig.load(config).catalogue()).isEqualTo(Path.of("/elsewhere"));
  }

  @Test
  void keepsWhatTheMonitorSeesUnlessTheOperatorSaysWhere() {
    Config config = PipelineConfig.load(Optional.empty(), folder);
    Config own =
        ConfigFactory.parseString("halfsecond.monitor.store.directory = /own").withFallback(config);

    assertThat(MonitorConfig.load(config).store().directory()).isEmpty();
    assertThat(MonitorConfig.load(PipelineConfig.keepingIn(config, folder)).store().directory())
        .contains(folder);
    assertThat(MonitorConfig.load(PipelineConfig.keepingIn(own, folder)).store().directory())
        .contains(Path.of("/own"));
  }

  @Test
  void asksForFreePortsEverywhere() {
    Config config = PipelineConfig.onFreePorts(PipelineConfig.load(Optional.empty(), folder));

    assertThat(VadConfig.load(config).server().port()).isZero();
    assertThat(AsrConfig.load(config).server().port()).isZero();
    assertThat(MonitorConfig.load(config).server().port()).isZero();
    assertThat(RouterConfig.load(config).server().port()).isZero();
    assertThat(MonitorConfig.load(config).dashboard().port()).isZero();
    assertThat(PipelineConfig.dashboard(config)).isEmpty();
  }

  @Test
  void knowsWhereTheDashboardIs() {
    Config config = PipelineConfig.load(Optional.empty(), folder);
    Config off =
        ConfigFactory.parseString("halfsecond.monitor.dashboard.enabled = false")
            .withFallback(config);

    assertThat(PipelineConfig.dashboard(config)).contains("http://127.0.0.1:7680/");
    assertThat(PipelineConfig.dashboard(off)).isEmpty();
  }

  @Test
  void pointsTheRouterAtItsBackends() {
    Config config =
        PipelineConfig.withBackends(
            PipelineConfig.load(Optional.empty(), folder),
            Map.of(Service.VAD, Endpoint.loopback(11), Service.ASR, Endpoint.loopback(12)));

    assertThat(config.getString("halfsecond.router.vad.target")).isEqualTo("127.0.0.1:11");
    assertThat(config.getString("halfsecond.router.asr.target")).isEqualTo("127.0.0.1:12");
  }

  @Test
  void rendersWhatAnotherProcessReadsTheSameWay() {
    Config config =
        PipelineConfig.withPort(PipelineConfig.load(Optional.empty(), folder), Service.VAD, 17601);

    Config read = ConfigFactory.parseString(PipelineConfig.render(config));

    assertThat(VadConfig.load(read)).isEqualTo(VadConfig.load(config));
    assertThat(AsrConfig.load(read)).isEqualTo(AsrConfig.load(config));
    assertThat(MonitorConfig.load(read)).isEqualTo(MonitorConfig.load(config));
    assertThat(RouterConfig.load(read)).isEqualTo(RouterConfig.load(config));
  }

  @Test
  void rendersNoSecretsAndHandsThemToTheMonitorAlone() {
    Config config =
        ConfigFactory.parseString(
                """
                halfsecond.monitor {
                  store { kind = postgres, postgres {
                    url = "jdbc:postgresql://db/halfsecond?password=hidden-1"
                    user = ops
                    password = hidden-2 } }
                  alarms.webhook { url = "https://example.org/hidden-3", authorization = hidden-4 }
                }""")
            .withFallback(PipelineConfig.load(Optional.empty(), folder));
    Secrets secrets = Secrets.in(config);

    String rendered = PipelineConfig.render(config);

    assertThat(rendered).contains("ops").doesNotContain("hidden");
    assertThat(secrets.toString()).doesNotContain("hidden");
    assertThat(secrets.variables(Service.ROUTER)).isEmpty();
    Config read =
        ConfigFactory.parseString(rendered)
            .withFallback(ConfigFactory.defaultReferenceUnresolved())
            .withFallback(ConfigFactory.parseMap(secrets.variables(Service.MONITOR)))
            .resolve();
    assertThat(MonitorConfig.load(read)).isEqualTo(MonitorConfig.load(config));
  }

  @Test
  void theEnvironmentOfAPipelineWithoutSecretsStaysAsItIs() {
    Config config = PipelineConfig.load(Optional.empty(), folder);

    assertThat(Secrets.in(config).variables(Service.MONITOR)).isEmpty();
  }

  @Test
  void findsTheReplicasOfARunningPipeline() throws Exception {
    Config config =
        PipelineConfig.withReplicas(
            PipelineConfig.load(Optional.empty(), folder),
            Map.of(Service.ASR, List.of(Endpoint.loopback(12), Endpoint.loopback(22))));
    Files.writeString(folder.resolve(PipelineConfig.FILE), PipelineConfig.render(config));

    assertThat(PipelineConfig.replicasIn(folder))
        .containsEntry(Service.ASR, List.of(Endpoint.loopback(12), Endpoint.loopback(22)))
        .containsEntry(Service.VAD, List.of(Endpoint.loopback(7601)));
    assertThat(PipelineConfig.replicasIn(folder.resolve("none"))).isEmpty();
  }
}
