// SPDX-License-Identifier: Apache-2.0
package halfsecond.common.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.typesafe.config.ConfigFactory;
import halfsecond.common.config.ConfigException;
import halfsecond.common.config.ConfigReader;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelConfigTest {
  @Test
  void readsEveryKey() {
    assertThat(
            read(
                "target = \"asr:7602\", tls { certificate = a.pem, private-key = a.key, server-ca = ca.pem }"))
        .isEqualTo(
            new ChannelConfig(
                "asr", 7602, new TlsFiles(Path.of("a.pem"), Path.of("a.key"), Path.of("ca.pem"))));
  }

  @Test
  void readsAddressesInBrackets() {
    assertThat(read("target = \"[::1]:7602\"")).isEqualTo(new ChannelConfig("::1", 7602, null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"localhost", "localhost:", "localhost:0", "localhost:65536", ":80", "localhost:x"})
  void refusesWhatIsNotHostAndPort(String target) {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> read("target = \"" + target + "\""))
        .withMessageContaining("s.target must be host:port");
  }

  @Test
  void refusesPlainTextToOtherMachines() {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> read("target = \"192.0.2.1:7602\""))
        .withMessageContaining("s.target is not a loopback address");
  }

  private static ChannelConfig read(String content) {
    ConfigReader reader = ConfigReader.of(ConfigFactory.parseString("s {" + content + "}"), "s");
    return reader.finish(() -> ChannelConfig.from(reader));
  }
}
