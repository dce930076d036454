// SPDX-License-Identifier: Apache-2.0
package halfsecond.common.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class OutageTest {
  private final Outage outage = new Outage(Duration.ofNanos(30), 1_000);

  @Test
  void saysNothingOfAShortFailure() {
    assertThat(outage.failed(1_029)).isFalse();
    assertThat(outage.worked(1_030)).as("nobody was told").isFalse();
    assertThat(outage.failed(1_059)).as("29 since it worked").isFalse();
  }

  @Test
  void saysOnceThatItFailsAndOnceThatItWorksAgain() {
    assertThat(outage.failed(1_030)).isTrue();
    assertThat(outage.failed(1_031)).isFalse();
    assertThat(outage.failed(9_999)).isFalse();
    assertThat(outage.worked(10_000)).isTrue();
    assertThat(outage.worked(10_001)).isFalse();
    assertThat(outage.failed(10_031)).as("another one").isTrue();
  }
}
