// SPDX-License-Identifier: Apache-2.0
package halfsecond.common.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InstanceNamesTest {
  @Test
  void tellsReplicasApartByMachineAndPort() {
    assertThat(InstanceNames.of("asr", "node-7", 7602)).isEqualTo("asr:node-7:7602");
    assertThat(InstanceNames.of("asr", "", 7602)).isEqualTo("asr:7602");
  }

  @Test
  void isWhatTheMonitorTakes() {
    String long64 = InstanceNames.of("asr", "n".repeat(80), 7602);

    assertThat(long64).hasSize(64).endsWith("n:7602");
    assertThat(InstanceNames.of("asr", "k\u00e4se host", 1)).isEqualTo("asr:k-se-host:1");
    assertThat(InstanceNames.of("asr", 7602)).matches("[A-Za-z0-9._:-]{1,64}").endsWith(":7602");
  }
}
