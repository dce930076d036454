// SPDX-License-Identifier: Apache-2.0
package halfsecond.common.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.typesafe.config.ConfigFactory;
import halfsecond.common.config.ConfigException;
import halfsecond.common.config.ConfigReader;
import org.junit.jupiter.api.Test;

class TelemetryConfigTest {
  @Test
  void hasTheDocumentedDefaults() {
    ConfigReader reader = ConfigReader.of(ConfigFactory.load(), "halfsecond.defaults.telemetry");

    assertThat(reader.<TelemetryConfig>finish(() -> TelemetryConfig.from(reader)))
        .isEqualTo(TelemetryConfig.OFF);
  }

  @Test
  void readsEveryKey() {
    assertThat(read("enabled = true, host = 0.0.0.0, port = 9999, insecure-non-loopback = true"))
        .isEqualTo(new TelemetryConfig(true, "0.0.0.0", 9999));
  }

  @Test
  void refusesToServeMetricsToOtherMachinesUnasked() {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> read("enabled = true, host = 0.0.0.0"))
        .withMessageContaining("t.prometheus.host must be a loopback address")
        .withMessageContaining("insecure-non-loopback");
  }

  @Test
  void refusesAPortThatIsNone() {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> read("enabled = true, port = 0"))
        .withMessageContaining("t.prometheus.port must be between 1 and 65535");
  }

  private static TelemetryConfig read(String content) {
    ConfigReader reader =
        ConfigReader.of(ConfigFactory.parseString("t { prometheus {" + content + "}}"), "t");
    return reader.finish(() -> TelemetryConfig.from(reader));
  }
}
