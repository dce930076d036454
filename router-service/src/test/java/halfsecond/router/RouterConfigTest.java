// SPDX-License-Identifier: Apache-2.0
package halfsecond.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import halfsecond.common.config.ConfigException;
import halfsecond.common.rpc.ChannelConfig;
import halfsecond.common.rpc.ReportConfig;
import halfsecond.router.rpc.PoolConfig;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The configuration and its manual. */
final class RouterConfigTest {
  private static Config with(String hocon) {
    return ConfigFactory.parseString(hocon).withFallback(ConfigFactory.load()).resolve();
  }

  private static int port(PoolConfig pool) {
    return pool.targets().servers().get(0).port();
  }

  @Test
  void hasTheDocumentedDefaults() {
    RouterConfig config = RouterConfig.load(ConfigFactory.load());

    assertThat(config.server().port()).isEqualTo(7600);
    assertThat(config.server().host()).isEqualTo("127.0.0.1");
    assertThat(port(config.vad())).isEqualTo(7601);
    assertThat(port(config.asr())).isEqualTo(7602);
    assertThat(config.models().watchInterval()).isEqualTo(Duration.ofMillis(100));
    assertThat(config.monitor().orElseThrow().reports())
        .isEqualTo(new ReportConfig(ChannelConfig.loopback(7603), "router", Duration.ofSeconds(5)));
    assertThat(config.models().defaultModel()).isEqualTo("en-small");
    assertThat(config.edge().defaultBudget()).isEqualTo(Duration.ofMillis(500));
    assertThat(config.edge().streamedMessageBytes()).isEqualTo(64 * 1024);
    assertThat(config.edge().clipBytes()).isEqualTo(2 * 1024 * 1024);
    assertThat(config.session().liveSession()).isEqualTo(Duration.ofSeconds(290));
    assertThat(config.session().silence()).isEqualTo(Duration.ofSeconds(10));
    assertThat(config.session().utterancesInFlight()).isEqualTo(3);
    assertThat(config.shares().deliver()).isEqualTo(Duration.ofMillis(50));
    assertThat(config.shares().guard()).isEqualTo(Duration.ofMillis(20));
    assertThat(config.shares().lateAnswer()).isEqualTo(Duration.ofSeconds(10));
    assertThat(config.session().detectorStall()).isEqualTo(Duration.ofSeconds(1));
    assertThat(config.session().detectorHistory()).isEqualTo(Duration.ofSeconds(12));
    assertThat(config.replay().limits().finalWithin()).isEqualTo(Duration.ofMillis(1_500));
    assertThat(config.replay().limits().hangAfter()).isEqualTo(Duration.ofMillis(400));
    assertThat(config.replay().limits().quarantine()).isEqualTo(Duration.ofMinutes(10));
    assertThat(config.replay().retryBudget()).isEqualTo(0.1);
    assertThat(config.replay().memoryBytes()).isEqualTo(192 << 20);
  }

  @Test
  void readsWhatTheOperatorSets() {
    RouterConfig config =
        RouterConfig.load(
            with(
                """
                halfsecond.router {
                  server.port = 0
                  vad { target = "[::1]:9001, 127.0.0.1:9002", resolve-interval = 1 s }
                  monitor.enabled = false
                  models { default = de, versions = ["de@3", "en-small@2"] }
                  budget.default = 800 ms
                  limits { silence = 100 ms, max-sessions = 7 }
                }
                """));

    assertThat(config.server().port()).isZero();
    assertThat(config.vad().targets().servers())
        .extracting(ChannelConfig::target)
        .containsExactly("[::1]:9001", "127.0.0.1:9002");
    assertThat(config.vad().resolveInterval()).isEqualTo(Duration.ofSeconds(1));
    assertThat(config.monitor()).isEmpty();
    assertThat(config.models().versions())
        .containsEntry("de", "de@3")
        .containsEntry("en-small", "en-small@2");
    assertThat(config.edge().defaultBudget()).isEqualTo(Duration.ofMillis(800));
    assertThat(config.session().silence()).isEqualTo(Duration.ofMillis(100));
    assertThat(config.capacity().maxSessions()).isEqualTo(7);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = ';',
      value = {
        "halfsecond.router.budget.default = 100 ms; budget.default",
        "halfsecond.router.models.versions = [en-small]; models.versions",
        "halfsecond.router.models.versions = [\"en@1\", \"en@2\"]; models.versions",
        "halfsecond.router.monitor.instance = \"a b\"; monitor.instance",
        "halfsecond.router.monitor.report-interval = 5 minutes; monitor.report-interval",
        "halfsecond.router.budget.answer-guard = 50 ms; guard must be shorter",
        "halfsecond.router.replay.retry-budget = 2; replay.retry-budget",
        "halfsecond.router.vad.target = nowhere; vad.target",
        "halfsecond.router.limits.ring = 20 s; ring must hold more",
        "halfsecond.router.limits.detector-history = 15 s; ring must hold more",
        "halfsecond.router.limits.max-session = 7; did you mean max-sessions",
        "halfsecond.router.server.host = \"0.0.0.0\"; server.host"
      })
  void refusesWhatCannotBeUsed(String hocon, String problem) {
    assertThatThrownBy(() -> RouterConfig.load(with(hocon)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(problem);
  }

  @Test
  void printsEveryValueInEffect() {
    assertThat(RouterConfig.render(ConfigFactory.load()))
        .contains("halfsecond.router.limits.silence")
        .contains("halfsecond.router.asr.target");
  }
}
