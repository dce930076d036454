// SPDX-License-Identifier: Apache-2.0
package halfsecond.common.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DrainEpochTest {
  private final DrainEpoch epoch = new DrainEpoch();

  @Test
  void isDrainedOnlyWhenClosedAndEmpty() throws Exception {
    DrainEpoch.Entry first = epoch.enter().orElseThrow();
    DrainEpoch.Entry second = epoch.enter().orElseThrow();
    first.close();
    assertThat(epoch.open()).isEqualTo(1);

    epoch.close();
    assertThat(epoch.whenDrained()).isNotDone();
    assertThat(epoch.awaitDrained(Duration.ZERO)).isFalse();

    second.close();
    assertThat(epoch.whenDrained()).isCompleted();
    assertThat(epoch.awaitDrained(Duration.ZERO)).isTrue();
  }

  @Test
  void isNotDrainedByBeingEmptyForAMoment() {
    epoch.enter().orElseThrow().close();

    assertThat(epoch.whenDrained()).isNotDone();
  }

  @Test
  void letsNothingInOnceClosed() {
    epoch.close();

    assertThat(epoch.enter()).isEmpty();
    assertThat(epoch.whenDrained()).isCompleted();
  }

  @Test
  void countsALeaverOnce() {
    DrainEpoch.Entry twice = epoch.enter().orElseThrow();
    DrainEpoch.Entry stays = epoch.enter().orElseThrow();
    twice.close();
    twice.close();

    assertThat(epoch.open()).isEqualTo(1);
    stays.close();
  }

  @Test
  void isNotDrainedByOthersWhoCompleteTheirView() {
    DrainEpoch.Entry stays = epoch.enter().orElseThrow();
    epoch.close();
    epoch.whenDrained().complete(null);

    assertThat(epoch.whenDrained()).isNotDone();
    stays.close();
  }
}
