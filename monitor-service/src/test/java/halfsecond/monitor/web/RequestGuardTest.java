// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RequestGuardTest {
  private final RequestGuard guard = new RequestGuard("127.0.0.1", List.of("Monitor.Example"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "LOCALHOST:80",
        "[::1]",
        "[::1]:7680",
        "127.0.0.1:9",
        "monitor.example:443"
      })
  void takesItsOwnNames(String host) {
    assertThat(guard.refusal(headers(host))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "evil",
        "localhost.evil",
        "evil:localhost",
        "[::2]",
        "::1",
        "127.0.0.1@evil",
        "127.0.0.2"
      })
  void refusesOtherNames(String host) {
    assertThat(guard.refusal(headers(host))).isPresent();
  }

  @Test
  void onOtherInterfacesAnyNameIsTakenUnlessSomeAreKnown() {
    assertThat(new RequestGuard("0.0.0.0", List.of()).refusal(headers("anything"))).isEmpty();
    assertThat(new RequestGuard("0.0.0.0", List.of("mine")).refusal(headers("anything")))
        .isPresent();
    assertThat(new RequestGuard("0.0.0.0", List.of("mine")).refusal(headers("mine"))).isEmpty();
  }

  @Test
  void takesCallsOfThePageItself() {
    HttpHeaders call =
        headers("localhost:7680")
            .set("content-type", "application/json; charset=utf-8")
            .set("origin", "http://localhost:7680")
            .set("sec-fetch-site", "same-origin");

    assertThat(guard.callRefusal(call, "http")).isEmpty();
    assertThat(guard.callRefusal(call, "https")).isPresent();
    assertThat(guard.callRefusal(call.copy().set("origin", "http://localhost:7681"), "http"))
        .isPresent();
    assertThat(guard.callRefusal(call.copy().set("content-type", "text/plain"), "http"))
        .isPresent();
    assertThat(guard.callRefusal(call.copy().set("sec-fetch-site", "cross-site"), "http"))
        .isPresent();
    assertThat(guard.callRefusal(call.copy().remove("origin").remove("sec-fetch-site"), "http"))
        .as("a program, not a browser")
        .isEmpty();
  }

  private static HttpHeaders headers(String host) {
    return new DefaultHttpHeaders().set("host", host);
  }
}
