// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import halfsecond.testing.FakeTicker;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Audio is refused for a while, and no more of it is kept than a fingerprint. */
final class QuarantineTest {
  private final FakeTicker ticker = new FakeTicker();
  private final Quarantine quarantine = new Quarantine(ticker, Duration.ofMinutes(10), 2);

  private static ByteString audio(int seed) {
    return ByteString.copyFrom(new byte[] {(byte) seed, 1, 2, 3});
  }

  @Test
  void holdsWhatWasAddedUntilItsTimeIsOver() {
    assertThat(quarantine.isEmpty()).isTrue();
    quarantine.add(audio(1));
    ticker.advance(Duration.ofMinutes(9));
    quarantine.add(audio(2));
    assertThat(quarantine.holds(audio(1))).isTrue();
    assertThat(quarantine.holds(audio(3))).isFalse();
    ticker.advance(Duration.ofMinutes(1));
    assertThat(quarantine.holds(audio(1))).isFalse();
    assertThat(quarantine.holds(audio(2))).isTrue();
    ticker.advance(Duration.ofMinutes(9));

    assertThat(quarantine.isEmpty()).isTrue();
  }

  @Test
  void forgetsTheOldestWhenFull() {
    quarantine.add(audio(1));
    quarantine.add(audio(2));
    quarantine.add(audio(2));
    assertThat(quarantine.holds(audio(1))).isTrue();
    quarantine.add(audio(3));

    assertThat(quarantine.holds(audio(1))).isFalse();
    assertThat(quarantine.holds(audio(2))).isTrue();
    assertThat(quarantine.holds(audio(3))).isTrue();
  }
}
