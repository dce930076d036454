// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class JavaOptionsTest {

  @Test
  void putsTheOperatorsOptionsLast() {
    Map<String, String> environment =
        Map.of(JavaOptions.ENVIRONMENT, "  -Xmx2g\t-XX:+UseZGC ", "JAVA_OPTS", "-Xmx1g");

    assertThat(JavaOptions.of(Service.ROUTER, environment)).endsWith("-Xmx2g", "-XX:+UseZGC");
  }

  @Test
  void addsNothingWhenTheOperatorSaysNothing() {
    assertThat(JavaOptions.of(Service.VAD, Map.of(JavaOptions.ENVIRONMENT, " ")))
        .isEqualTo(JavaOptions.of(Service.VAD, Map.of()))
        .noneMatch(String::isBlank);
  }

  @Test
  void leavesDecodingsCoresToDecoding() {
    String once = "-XX:TieredStopAtLevel=1";

    assertThat(JavaOptions.of(Service.ASR, Map.of())).contains(once);
    assertThat(JavaOptions.of(Service.ROUTER, Map.of())).doesNotContain(once);
  }
}
