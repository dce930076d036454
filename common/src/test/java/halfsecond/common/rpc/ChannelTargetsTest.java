// SPDX-License-Identifier: Apache-2.0
package halfsecond.common.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.typesafe.config.ConfigFactory;
import halfsecond.common.config.ConfigException;
import halfsecond.common.config.ConfigReader;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChannelTargetsTest {
  private static final String TLS =
      "tls { certificate = a.pem, private-key = a.key, server-ca = ca.pem }";

  @Test
  void readsServersAndNamesInAnyOrder() {
    ChannelTargets targets = read("target = \"127.0.0.1:7602, dns:///localhost:7603,[::1]:7604\"");

    assertThat(targets.servers())
        .containsExactly(ChannelConfig.loopback(7602), new ChannelConfig("::1", 7604, null));
    assertThat(targets.names()).containsExactly(new ChannelConfig("localhost", 7603, null));
  }

  @Test
  void callsAnAddressOfANameByTheNamesCertificate() {
    ChannelTargets targets = read("target = \"dns:///asr.example:7602\", " + TLS);

    ChannelConfig address = targets.names().get(0).at("192.0.2.7");

    assertThat(address.target()).isEqualTo("192.0.2.7:7602");
    assertThat(address.certified()).isEqualTo("asr.example");
    assertThat(address.tls())
        .isEqualTo(new TlsFiles(Path.of("a.pem"), Path.of("a.key"), Path.of("ca.pem")));
  }

  @Test
  void refusesAnAddressElsewhereWithoutTls() {
    ChannelConfig name = read("target = \"dns:///localhost:7602\"").names().get(0);

    assertThat(name.at("::1").target()).isEqualTo("[::1]:7602");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> name.at("192.0.2.7"))
        .withMessageContaining("loopback");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "127.0.0.1:1,; s.target must be host:port",
        "127.0.0.1:1,localhost; s.target must be host:port",
        "dns:///localhost; s.target must be host:port",
        "127.0.0.1:1,127.0.0.1:1; s.target names a server twice",
        "127.0.0.1:1,192.0.2.1:1; s.target is not a loopback address",
        "dns:///asr.invalid:1; s.target is not a loopback address"
      })
  void refusesListsThatCannotBeUsed(String target, String problem) {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> read("target = \"" + target + "\""))
        .withMessageContaining(problem);
  }

  @Test
  void needsAServer() {
    assertThatIllegalArgumentException().isThrownBy(() -> new ChannelTargets(List.of(), List.of()));
  }

  private static ChannelTargets read(String content) {
    ConfigReader reader = ConfigReader.of(ConfigFactory.parseString("s {" + content + "}"), "s");
    return reader.finish(() -> ChannelTargets.from(reader));
  }
}
