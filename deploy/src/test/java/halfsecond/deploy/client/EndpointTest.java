// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1:7600", "[::1]:7600", "router.example:1"})
  void printsWhatItRead(String text) {
    assertThat(Endpoint.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "7600", ":7600", "host:", "host:0", "host:65536", "host:-1", "host:x"})
  void refusesWhatIsNoAddress(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Endpoint.parse(text));
  }

  @Test
  void takesTheBracketsOffAnAddress() {
    assertThat(Endpoint.parse("[::1]:7600").host()).isEqualTo("::1");
  }
}
