// SPDX-License-Identifier: Apache-2.0
package halfsecond.vad;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import halfsecond.common.config.ConfigException;
import halfsecond.common.rpc.ChannelConfig;
import halfsecond.common.rpc.ReportConfig;
import halfsecond.common.telemetry.TelemetryConfig;
import halfsecond.vad.endpoint.EndpointingSettings;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VadConfigTest {
  private static final Config REFERENCE = ConfigFactory.defaultReference();

  @Test
  void hasTheDocumentedDefaults() {
    VadConfig config = VadConfig.load(REFERENCE);

    assertThat(config.server().host()).isEqualTo("127.0.0.1");
    assertThat(config.server().port()).isEqualTo(7601);
    assertThat(config.server().stop().grace()).isEqualTo(Duration.ofSeconds(10));
    assertThat(config.telemetry()).isEqualTo(new TelemetryConfig(false, "127.0.0.1", 9465));
    assertThat(config.monitor()).isEmpty();
    assertThat(config.maxStreams()).isEqualTo(256);
    assertThat(config.endpointing())
        .isEqualTo(
            new EndpointingSettings(
                3,
                Duration.ofMillis(20),
                Duration.ofMillis(60),
                Duration.ofMillis(100),
                Duration.ofMillis(100),
                Duration.ofMillis(200),
                Duration.ofMillis(200),
                Duration.ofMillis(160),
                Duration.ofSeconds(30)));
  }

  @Test
  void readsEveryKey() {
    VadConfig config =
        load(
            """
            server { host = localhost, port = 0, drain { grace = 1 s } }
            telemetry.prometheus { enabled = true, port = 1234 }
            monitor { target = "127.0.0.1:7", instance = vad-1, report-interval = 2 s }
            max-streams = 7
            endpointing {
              aggressiveness = 1, frame = 30 ms, onset = 90 ms, onset-window = 120 ms,
              min-speech = 0 s, pre-roll = 300 ms, hangover = 500 ms, trailing-padding = 250 ms,
              max-utterance = 20 s
            }
            """);

    assertThat(config.server().port()).isZero();
    assertThat(config.server().stop().grace()).isEqualTo(Duration.ofSeconds(1));
    assertThat(config.telemetry()).isEqualTo(new TelemetryConfig(true, "127.0.0.1", 1234));
    assertThat(config.monitor())
        .contains(new ReportConfig(ChannelConfig.loopback(7), "vad-1", Duration.ofSeconds(2)));
    assertThat(config.maxStreams()).isEqualTo(7);
    assertThat(config.endpointing())
        .isEqualTo(
            new EndpointingSettings(
                1,
                Duration.ofMillis(30),
                Duration.ofMillis(90),
                Duration.ofMillis(120),
                Duration.ZERO,
                Duration.ofMillis(300),
                Duration.ofMillis(500),
                Duration.ofMillis(250),
                Duration.ofSeconds(20)));
  }

  @ParameterizedTest(name = "{0} = {1}")
  @CsvSource({
    "server.port, 70000, server.port",
    "server.host, 0.0.0.0, server.host",
    "max-streams, 0, max-streams",
    "monitor.target, nowhere, monitor.target must be host:port",
    "monitor.report-interval, 5 minutes, monitor.report-interval",
    "max-stream, 5, did you mean max-streams",
    "endpointing.aggressiveness, 4, aggressiveness",
    "endpointing.frame, 15 ms, frame must be 10",
    "endpointing.onset, 600 ms, onset",
    "endpointing.onset-window, 40 ms, onset_window must be onset to 1 s",
    "endpointing.min-speech, 2 s, min-speech",
    "endpointing.pre-roll, 2 s, pre-roll",
    "endpointing.hangover, 50 ms, hangover",
    "endpointing.hangover, 200, must have a unit",
    "endpointing.trailing-padding, 300 ms, trailing_padding must be 0 to hangover",
    "endpointing.max-utterance, 31 s, max-utterance"
  })
  void refusesWhatIsOutsideOfItsLimits(String key, String value, String said) {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> load(key + " = \"" + value + "\""))
        .withMessageContaining(said);
  }

  @Test
  void showsWhereValuesComeFrom() {
    assertThat(VadConfig.render(REFERENCE))
        .contains("halfsecond.vad.endpointing.hangover = ")
        .contains("halfsecond.vad.server.port = 7601");
  }

  private static VadConfig load(String section) {
    return VadConfig.load(
        ConfigFactory.parseString(VadConfig.SECTION + " {\n" + section + "\n}")
            .withFallback(REFERENCE)
            .resolve());
  }
}
