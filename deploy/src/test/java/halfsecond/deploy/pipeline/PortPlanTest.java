// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import halfsecond.asr.AsrConfig;
import halfsecond.common.lifecycle.StartException;
import halfsecond.common.rpc.ChannelConfig;
import halfsecond.common.rpc.ReportConfig;
import halfsecond.vad.VadConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PortPlanTest {

  private static Config config(String overrides) {
    return ConfigFactory.parseString(overrides)
        .withFallback(PipelineConfig.load(Optional.empty(), Path.of("models")));
  }

  @Test
  void keepsReplicasOutOfTheWayOfTheOtherServices() throws Exception {
    PortPlan plan = PortPlan.of(config(""), new ReplicaCounts(3, 2));

    assertThat(plan.replicas())
        .extracting(replica -> replica.name() + " " + replica.endpoint().port())
        .containsExactly(
            "monitor 7603",
            "vad-0 7601",
            "vad-1 7611",
            "asr-0 7602",
            "asr-1 7612",
            "asr-2 7622",
            "router 7600");
  }

  @Test
  void fitsTheMostReplicasBesideEachOther() throws Exception {
    PortPlan plan =
        PortPlan.of(config(""), new ReplicaCounts(ReplicaCounts.MOST, ReplicaCounts.MOST));

    assertThat(plan.replicas()).extracting(Replica::endpoint).doesNotHaveDuplicates().hasSize(34);
  }

  @Test
  void knowsWhereThePageIsAlsoOnAFreePort() throws Exception {
    Config free = PipelineConfig.onFreePorts(config(""));
    Config off = PipelineConfig.onFreePorts(config("halfsecond.monitor.dashboard.enabled = false"));

    assertThat(PipelineConfig.dashboard(applied(config("")))).contains("http://127.0.0.1:7680/");
    assertThat(PipelineConfig.dashboard(applied(free)).orElseThrow())
        .matches("http://127\\.0\\.0\\.1:[1-9]\\d*/");
    assertThat(PipelineConfig.dashboard(applied(off))).isEmpty();
  }

  private static Config applied(Config config) throws IOException {
    return PortPlan.of(config, ReplicaCounts.ONE).applyTo(config);
  }

  @Test
  void takesFreePortsWhereNoneIsSet() throws Exception {
    PortPlan plan = PortPlan.of(PipelineConfig.onFreePorts(config("")), new ReplicaCounts(2, 2));

    assertThat(plan.replicas())
        .extracting(replica -> replica.endpoint().port())
        .doesNotHaveDuplicates()
        .allSatisfy(port -> assertThat(port).isPositive());
  }

  @Test
  void refusesTwoOnOnePort() {
    assertThatThrownBy(
            () -> PortPlan.of(config("halfsecond.vad.server.port = 7612"), new ReplicaCounts(2, 1)))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("asr-1")
        .hasMessageContaining("7612")
        .hasMessageContaining("halfsecond.asr.server.port");
  }

  @Test
  void refusesPortsBeyondTheLast() {
    assertThatThrownBy(
            () ->
                PortPlan.of(config("halfsecond.asr.server.port = 65530"), new ReplicaCounts(2, 1)))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("65540");
  }

  @Test
  void saysWhichPortIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Config config =
          config("halfsecond.vad.server.port = " + taken.getLocalPort()).withFallback(config(""));
      Config free = PipelineConfig.onFreePorts(config("")).withFallback(config);
      PortPlan plan =
          PortPlan.of(
              PipelineConfig.withPort(free, Service.VAD, taken.getLocalPort()), ReplicaCounts.ONE);

      assertThatThrownBy(plan::checkFree)
          .isInstanceOf(StartException.class)
          .hasMessageContaining("vad cannot listen on port " + taken.getLocalPort())
          .hasMessageContaining("in use");
    }
  }

  @Test
  void givesEachReplicaItsPortsOnly() throws Exception {
    Config config = config("halfsecond.asr.telemetry.prometheus { enabled = true, port = 9470 }");
    PortPlan plan = PortPlan.of(config, new ReplicaCounts(2, 2));

    assertThat(plan.overrides(plan.replica(Service.ASR, 0))).isEmpty();
    assertThat(plan.overrides(plan.replica(Service.ASR, 1)))
        .containsExactly(
            "halfsecond.asr.server.port=7612",
            "halfsecond.asr.monitor.instance=asr-1",
            "halfsecond.asr.telemetry.prometheus.port=9480");
    assertThat(plan.overrides(plan.replica(Service.VAD, 1)))
        .containsExactly(
            "halfsecond.vad.server.port=7611", "halfsecond.vad.monitor.instance=vad-1");
  }

  @Test
  void pointsTheRouterAtAllReplicas() throws Exception {
    Config config = PortPlan.of(config(""), new ReplicaCounts(2, 2)).applyTo(config(""));

    assertThat(config.getString("halfsecond.router.asr.target"))
        .isEqualTo("127.0.0.1:7602,127.0.0.1:7612");
    assertThat(config.getString("halfsecond.router.vad.target"))
        .isEqualTo("127.0.0.1:7601,127.0.0.1:7611");
    assertThat(config.getString("halfsecond.router.monitor.target")).isEqualTo("127.0.0.1:7603");
  }

  @Test
  void letsBackendsReportUnderTheirNames() throws Exception {
    Config config = PortPlan.of(config(""), new ReplicaCounts(2, 1)).applyTo(config(""));

    assertThat(VadConfig.load(config).monitor())
        .contains(new ReportConfig(ChannelConfig.loopback(7603), "vad", Duration.ofSeconds(5)));
    assertThat(AsrConfig.load(config).monitor())
        .contains(new ReportConfig(ChannelConfig.loopback(7603), "asr-0", Duration.ofSeconds(5)));
  }

  @Test
  void sharesTheCoresUnlessTheOperatorHas() {
    int cores = Runtime.getRuntime().availableProcessors();
    String threads = "halfsecond.asr.decode.threads";
    Config four = PipelineConfig.sharingCores(config(""), 4);
    Config set = PipelineConfig.sharingCores(config("halfsecond.asr.decode.threads = 7"), 4);
    Config alone = PipelineConfig.sharingCores(config(""), 1);

    assertThat(four.getInt(threads)).isEqualTo(Math.max(1, (cores + 3) / 4));
    assertThat(set.getInt(threads)).isEqualTo(7);
    assertThat(alone.getInt(threads)).as("all that there are").isZero();
  }

  @Test
  void allowsOneToSixteenReplicas() {
    for (int count : List.of(0, 17)) {
      assertThatThrownBy(() -> new ReplicaCounts(1, count)).hasMessageContaining("1 to 16");
    }
  }
}
