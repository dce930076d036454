// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import halfsecond.common.config.ConfigException;
import halfsecond.common.config.Secret;
import halfsecond.common.rpc.TlsFiles;
import halfsecond.monitor.alarm.AlarmSettings;
import halfsecond.monitor.alarm.Webhook;
import halfsecond.monitor.catalogue.BudgetShares;
import halfsecond.monitor.judge.JudgeSettings;
import halfsecond.monitor.judge.Pace;
import halfsecond.monitor.judge.Paces;
import halfsecond.monitor.objective.ObjectiveSettings;
import halfsecond.monitor.statistics.BurnRate;
import halfsecond.monitor.store.PostgresConfig;
import halfsecond.monitor.store.StoreConfig;
import halfsecond.monitor.web.DashboardConfig;
import halfsecond.monitor.window.SeriesLimits;
import halfsecond.monitor.window.WindowLayout;
import halfsecond.monitor.window.WindowLayout.Level;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MonitorConfigTest {
  @Test
  void defaultsAreDocumented() {
    MonitorConfig config = MonitorConfig.load(ConfigFactory.load());

    assertThat(config.server().port()).isEqualTo(7603);
    assertThat(config.server().isLoopback()).isTrue();
    assertThat(config.telemetry().prometheus()).isFalse();
    assertThat(config.telemetry().port()).isEqualTo(9467);
    assertThat(config.windows())
        .isEqualTo(
            new WindowLayout(
                List.of(
                    new Level(Duration.ofMinutes(1), Duration.ofHours(1)),
                    new Level(Duration.ofMinutes(15), Duration.ofHours(24)),
                    new Level(Duration.ofHours(1), Duration.ofDays(15)))));
    assertThat(config.series()).isEqualTo(new SeriesLimits(8, 16, 64));
    assertThat(config.shares()).isEqualTo(new BudgetShares(0.4, 0.1, 0.4, 0.1));
    assertThat(config.store())
        .isEqualTo(
            new StoreConfig(
                Optional.empty(), Optional.empty(), Duration.ofDays(14), 1_000_000, 50_000));
    assertThat(config.remembered()).isEqualTo(262_144);
    assertThat(config.reporters()).isEqualTo(400);
    assertThat(config.traceBytes()).isEqualTo(64L << 20);
    assertThat(config.judge()).isEqualTo(new JudgeSettings(64, Paces.of(Pace.CONSUMER)));
    assertThat(config.objectives()).isEqualTo(ObjectiveSettings.DEFAULT);
    assertThat(config.alarms())
        .isEqualTo(new AlarmSettings(1_000, Duration.ofHours(4), Optional.empty()));
    assertThat(config.dashboard())
        .isEqualTo(
            new DashboardConfig(true, "127.0.0.1", 7680, null, List.of(), Duration.ofMillis(500)));
  }

  @Test
  void everyKeyIsRead() {
    MonitorConfig config =
        load(
            """
            server { port = 0 }
            telemetry { prometheus { enabled = true, port = 9999 } }
            windows {
              fine = 10 s, fine-kept = 10 minutes, coarse = 1 minute, coarse-kept = 2 hours
              old = 30 minutes, kept = 3 days
            }
            series { max-model-versions = 2, max-cohort-values = 3, max-cohort-series = 4 }
            budget-shares { vad = 0.1, route = 0.2, asr = 0.3, deliver = 0.4 }
            store {
              directory = /elsewhere
              postgres { url = "jdbc:postgresql:never", user = u, password = p }
              kept = 2 days
              max-records = 3000
              max-records-in-memory = 4000
            }
            remembered-records = 5000
            max-reporters = 6
            traces { kept-bytes = 1 MiB }
            judge {
              max-cohorts = 7
              pace = fast
              paces.fast {
                period = 10 minutes
                periods = 3
                least-values = 300
                certainty = 14
                new-normal = 6 hours
              }
              tenants { bank { pace = business }, "a.b c" { pace = consumer } }
            }
            objectives {
              latency = 0.995
              availability = 0.9995
              least-bad = 3
              burn-rates = [{ page = true, long = 2 hours, short = 10 minutes, spent = 0.03 }]
              target-per-second = 12.5
              utilization = 0.7
            }
            alarms {
              kept = 8
              remind-after = 1 hour
              webhook {
                url = "https://example.org/hook"
                authorization = "Bearer x"
                timeout = 2 s
              }
            }
            dashboard {
              enabled = false, host = "0.0.0.0", port = 1, insecure-non-loopback = true, names = [monitor.example]
              budget = 1 s, tls { certificate = c.pem, private-key = k.pem, client-ca = a.pem }
            }
            """);

    assertThat(config.server().port()).isZero();
    assertThat(config.telemetry().prometheus()).isTrue();
    assertThat(config.traceBytes()).isEqualTo(1L << 20);
    assertThat(config.judge())
        .isEqualTo(
            new JudgeSettings(
                7,
                new Paces(
                    new Pace(Duration.ofMinutes(10), 3, 300, 14, Duration.ofHours(6)),
                    Map.of("bank", Pace.BUSINESS, "a.b c", Pace.CONSUMER))));
    assertThat(config.objectives())
        .isEqualTo(
            new ObjectiveSettings(
                0.995,
                0.9995,
                List.of(new BurnRate.Rule(true, Duration.ofHours(2), Duration.ofMinutes(10), 0.03)),
                3,
                12.5,
                0.7));
    assertThat(config.alarms())
        .isEqualTo(
            new AlarmSettings(
                8,
                Duration.ofHours(1),
                Optional.of(
                    new Webhook.Settings(
                        URI.create("https://example.org/hook"),
                        Optional.of(new Secret("Bearer x")),
                        Duration.ofSeconds(2)))));
    assertThat(config.telemetry().port()).isEqualTo(9999);
    assertThat(config.windows())
        .isEqualTo(
            new WindowLayout(
                List.of(
                    new Level(Duration.ofSeconds(10), Duration.ofMinutes(10)),
                    new Level(Duration.ofMinutes(1), Duration.ofHours(2)),
                    new Level(Duration.ofMinutes(30), Duration.ofDays(3)))));
    assertThat(config.series()).isEqualTo(new SeriesLimits(2, 3, 4));
    assertThat(config.shares()).isEqualTo(new BudgetShares(0.1, 0.2, 0.3, 0.4));
    assertThat(config.store())
        .isEqualTo(
            new StoreConfig(
                Optional.of(Path.of("/elsewhere")),
                Optional.empty(),
                Duration.ofDays(2),
                3_000,
                4_000));
    assertThat(config.remembered()).isEqualTo(5_000);
    assertThat(config.reporters()).isEqualTo(6);
    assertThat(config.dashboard())
        .isEqualTo(
            new DashboardConfig(
                false,
                "0.0.0.0",
                1,
                new TlsFiles(Path.of("c.pem"), Path.of("k.pem"), Path.of("a.pem")),
                List.of("monitor.example"),
                Duration.ofSeconds(1)));
  }

  @Test
  void postgresTakesThePlaceOfTheDirectory() {
    MonitorConfig config =
        load(
            """
            store {
              kind = postgres
              directory = /elsewhere
              postgres { url = "jdbc:postgresql://db/speech", user = u, password = p }
            }
            """);

    assertThat(config.store().directory()).isEmpty();
    assertThat(config.store().postgres())
        .contains(
            new PostgresConfig(
                "jdbc:postgresql://db/speech", Optional.of("u"), Optional.of(new Secret("p"))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "server.port = 70000              | server.port",
        "server.host = 0.0.0.0            | server.host",
        "windows.fine = 7 minutes         | coarse must be a multiple of fine",
        "windows.kept = 30 minutes        | windows.kept",
        "windows.fine = 60                | windows.fine",
        "series.max-model-versions = 0    | series.max-model-versions",
        "series.max-cohort-values = 0     | series.max-cohort-values",
        "series.max-cohort-series = 0     | series.max-cohort-series",
        "budget-shares.vad = 0.5          | shares must sum to 1",
        "store.kind = oracle              | store.kind",
        "store.kind = postgres            | must have a url",
        "store { kind = postgres, postgres.url = \"mysql:db\" } | must begin with jdbc:postgresql:",
        "store.kept = 1 minute            | store.kept",
        "store.max-records = 1            | store.max-records",
        "store.max-records-in-memory = 1  | store.max-records-in-memory",
        "remembered-records = 1           | remembered-records",
        "max-reporters = 0                | max-reporters",
        "traces.kept-bytes = -1           | traces.kept-bytes",
        "judge.max-cohorts = 1001         | judge.max-cohorts",
        "judge.pace = slow                | judge.pace must be one of business, consumer",
        "judge.tenants.x.pace = slow      | judge.tenants.x.pace must be one of",
        "judge.tenants.x.pase = consumer  | judge.tenants.x.pace is missing",
        "judge.paces.x.period = 8 days    | judge.paces.x.period",
        "objectives.latency = 0.95        | objectives.latency",
        "objectives.availability = 1      | objectives.availability",
        "objectives.least-bad = 0         | objectives.least-bad",
        "objectives.target-per-second = -1 | objectives.target-per-second",
        "objectives.utilization = 0       | objectives.utilization",
        "objectives.burn-rates = []       | must have at least one section",
        "objectives.burn-rates = [{ page = true, long = 1 h, short = 1 h, spent = 0.02 }] | short must be shorter than long",
        "objectives.burn-rates = [{ page = true, long = 1 h, short = 90 s, spent = 0.02 }] | must be whole minutes",
        "objectives.burn-rates = [{ page = true, long = 1 h, short = 5 m, spent = 0.1 }] | 72 % of all are bad",
        "alarms.kept = 0                  | alarms.kept",
        "alarms.remind-after = 1 s        | alarms.remind-after",
        "alarms.webhook.url = \"ftp://x\"  | alarms.webhook.url must be an http or https URL",
        "max-reporter = 5                 | did you mean max-reporters",
        "dashboard.host = 0.0.0.0         | insecure-non-loopback = true",
        "dashboard.port = 70000           | dashboard.port",
        "dashboard.budget = 100 ms        | dashboard.budget"
      })
  void refusesWhatIsOutOfItsLimits(String line, String problem) {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> load(line))
        .withMessageContaining(problem);
  }

  private static MonitorConfig load(String section) {
    Config own = ConfigFactory.parseString("halfsecond.monitor {\n" + section + "\n}");
    return MonitorConfig.load(own.withFallback(ConfigFactory.load()));
  }
}
