// SPDX-License-Identifier: Apache-2.0
package halfsecond.common.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.typesafe.config.ConfigFactory;
import halfsecond.common.config.ConfigException;
import halfsecond.common.config.ConfigReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportConfigTest {
  @Test
  void reportsNothingUnlessTold() {
    assertThat(read("")).isEmpty();
  }

  @Test
  void hasTheDocumentedDefaults() {
    assertThat(read("target = \"127.0.0.1:7603\""))
        .contains(new ReportConfig(ChannelConfig.loopback(7603), "", Duration.ofSeconds(5)));
  }

  @Test
  void readsEveryKey() {
    assertThat(
            read(
                "target = \"monitor:7603\", instance = asr-1, report-interval = 1 s,"
                    + " tls { certificate = a.pem, private-key = a.key, server-ca = ca.pem }"))
        .contains(
            new ReportConfig(
                new ChannelConfig(
                    "monitor",
                    7603,
                    new TlsFiles(Path.of("a.pem"), Path.of("a.key"), Path.of("ca.pem"))),
                "asr-1",
                Duration.ofSeconds(1)));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = ';',
      value = {
        "target = nowhere; s.target must be host:port",
        "target = \"monitor:7603\"; s.target is not a loopback address",
        "instance = \"a b\"; s.instance must be 1 to 64 characters",
        "report-interval = 2 minutes; s.report-interval",
        "report-interval = 500 ms; s.report-interval",
        "report-intervall = 5 s; did you mean report-interval",
        "tls { certificate = a, private-key = b, server-ca = c }; s.tls is of no use"
      })
  void refusesWhatCannotBeUsed(String setting, String said) {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> read(setting))
        .withMessageContaining(said);
  }

  private static Optional<ReportConfig> read(String settings) {
    ConfigReader reader =
        ConfigReader.of(
            ConfigFactory.parseString("s = ${halfsecond.defaults.monitor} {" + settings + "}")
                .withFallback(ConfigFactory.load())
                .resolve(),
            "s");
    return reader.finish(() -> ReportConfig.from(reader));
  }
}
