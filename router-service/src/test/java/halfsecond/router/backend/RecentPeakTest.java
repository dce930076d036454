// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.backend;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class RecentPeakTest {
  @Test
  void forgetsWhatIsOlderThanItsSize() {
    RecentPeak peak = new RecentPeak(3);
    assertThat(peak.value()).isZero();

    peak.add(0.5);
    peak.add(2);
    peak.add(1);
    assertThat(peak.value()).isEqualTo(2);
    peak.add(0.25);
    assertThat(peak.value()).isEqualTo(2);
    peak.add(0.25);
    assertThat(peak.value()).isEqualTo(1);
  }
}
