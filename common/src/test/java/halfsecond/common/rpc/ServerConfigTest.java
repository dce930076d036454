// SPDX-License-Identifier: Apache-2.0
package halfsecond.common.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.typesafe.config.ConfigFactory;
import halfsecond.common.config.ConfigException;
import halfsecond.common.config.ConfigReader;
import halfsecond.common.lifecycle.StopTiming;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerConfigTest {
  private static final String TLS =
      "tls { certificate = a.pem, private-key = a.key, client-ca = ca.pem }";

  @Test
  void hasTheDocumentedDefaults() {
    ConfigReader reader =
        ConfigReader.of(
            ConfigFactory.parseString("s = ${halfsecond.defaults.server} { port = 0 }")
                .withFallback(ConfigFactory.load())
                .resolve(),
            "s");

    assertThat(reader.<ServerConfig>finish(() -> ServerConfig.from(reader)))
        .isEqualTo(ServerConfig.loopback());
  }

  @Test
  void readsEveryKey() {
    assertThat(
            read(
                "host = 0.0.0.0, port = 7601, drain { propagation-delay = 2 s, grace = 30 s }, "
                    + TLS))
        .isEqualTo(
            new ServerConfig(
                "0.0.0.0",
                7601,
                new TlsFiles(Path.of("a.pem"), Path.of("a.key"), Path.of("ca.pem")),
                new StopTiming(Duration.ofSeconds(2), Duration.ofSeconds(30))));
  }

  @Test
  void givesOthersTimeToNoticeAStopWhenItServesBeyondThisMachine() {
    assertThat(read("host = 0.0.0.0, port = 1, " + TLS).stop().propagationDelay())
        .isEqualTo(Duration.ofSeconds(5));
    assertThat(read("port = 1").stop().propagationDelay()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1", "no-such-host.invalid"})
  void refusesToServeBeyondThisMachineWithoutMutualTls(String host) {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> read("port = 1, host = \"" + host + "\""))
        .withMessageContaining("s.host is not a loopback address")
        .withMessageContaining("tls.client-ca");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ServerConfig(host, 1, null, ServerConfig.loopback().stop()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"certificate", "private-key", "client-ca"})
  void refusesHalfOfTls(String missing) {
    String half = TLS.replaceFirst(missing + " = \\S+", "");

    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> read("host = 0.0.0.0, port = 1, " + half))
        .withMessageContaining("s.tls." + missing + " is missing");
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "127.0.0.1", "::1", "127.9.9.9"})
  void servesThisMachineInPlainText(String host) {
    assertThat(read("port = 1, host = \"" + host + "\"").isLoopback()).isTrue();
  }

  private static ServerConfig read(String content) {
    ConfigReader reader = ConfigReader.of(ConfigFactory.parseString("s {" + content + "}"), "s");
    return reader.finish(() -> ServerConfig.from(reader));
  }
}
