// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class PaceTest {
  private static final Duration WINDOW = Duration.ofSeconds(1);
  private static final long ORIGIN = -5_000_000_000L;

  private static long at(long millis) {
    return ORIGIN + millis * 1_000_000;
  }

  @Test
  void keepsWhatIsWithinTheWindow() {
    Pace pace = new Pace(ORIGIN);
    pace.add(7_000_000, at(0));
    pace.add(8_000_000, at(500));
    pace.add(9_000_500, at(1_200));

    assertThat(pace.within(WINDOW, at(1_400))).containsExactly(8_000_000L, 9_000_000L);
    assertThat(pace.within(WINDOW, at(2_300))).isEmpty();
  }

  @Test
  void keepsTheNewestWhenThereAreMany() {
    Pace pace = new Pace(ORIGIN);
    for (int i = 0; i < 1_000; i++) {
      pace.add(i * 1_000L, at(i / 10));
    }

    assertThat(pace.within(WINDOW, at(100)).min()).hasValue((1_000 - 128) * 1_000L);
    pace.clear();
    assertThat(pace.within(WINDOW, at(100))).isEmpty();
  }
}
