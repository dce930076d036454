// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import org.junit.jupiter.api.Test;

final class AudioRingTest {
  private static final int CAPACITY = 32 * 16_000;
  private static final int SEGMENT_BYTES = 2 * AudioRing.SEGMENT_SAMPLES;

  @Test
  void givesBackWhatWasAppended() {
    AudioRing ring = new AudioRing(CAPACITY);
    ByteString audio = Signals.linear16(Signals.noise(1, 20_000));

    ring.append(audio.substring(0, 640));
    ring.append(audio.substring(640));

    assertThat(ring.start()).isZero();
    assertThat(ring.end()).isEqualTo(20_000);
    assertThat(ring.size()).isEqualTo(20_000);
    assertThat(ring.slice(0, 20_000)).isEqualTo(audio);
    assertThat(ring.slice(7_999, 8_001)).isEqualTo(audio.substring(15_998, 16_002));
    assertThat(ring.slice(5, 5)).isEmpty();
  }

  @Test
  void dropsTheOldestBeyondItsCapacity() {
    AudioRing ring = new AudioRing(10_000);
    ByteString audio = Signals.linear16(Signals.noise(2, 25_000));

    for (int n = 0; n < 25_000; n += 500) {
      ring.append(audio.substring(2 * n, 2 * n + 1_000));
    }

    assertThat(ring.start()).isEqualTo(15_000);
    assertThat(ring.end()).isEqualTo(25_000);
    assertThat(ring.slice(15_000, 25_000)).isEqualTo(audio.substring(30_000));
  }

  @Test
  void keepsTheEndOfMoreThanItsCapacityAppendedAtOnce() {
    AudioRing ring = new AudioRing(10_000);
    ByteString audio = Signals.linear16(Signals.noise(3, 35_000));

    ring.append(audio.substring(0, 10_000));
    ring.append(audio.substring(10_000));

    assertThat(ring.start()).isEqualTo(25_000);
    assertThat(ring.slice(25_000, 35_000)).isEqualTo(audio.substring(50_000));
  }

  @Test
  void refusesASliceThatIsNotRetained() {
    AudioRing ring = new AudioRing(CAPACITY);
    ring.append(Signals.linear16(new short[1_000]));
    ring.trim(100);

    assertThatThrownBy(() -> ring.slice(99, 200)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> ring.slice(100, 1_001)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> ring.slice(300, 299)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void trimsAtMostEverythingAndNothingTwice() {
    AudioRing ring = new AudioRing(CAPACITY);
    ring.append(Signals.linear16(new short[1_000]));

    ring.trim(5_000);
    ring.trim(10);

    assertThat(ring.start()).isEqualTo(1_000);
    assertThat(ring.size()).isZero();
  }

  @Test
  void takesNoMemoryBeforeAudioAndGivesItBackWhenTrimmed() {
    AudioRing ring = new AudioRing(CAPACITY);
    assertThat(ring.allocatedBytes()).isZero();

    ring.append(Signals.linear16(new short[1]));
    assertThat(ring.allocatedBytes()).isEqualTo(SEGMENT_BYTES);

    ring.append(Signals.linear16(new short[20 * 16_000]));
    ring.trim(20 * 16_000);
    assertThat(ring.allocatedBytes()).isLessThanOrEqualTo(2 * SEGMENT_BYTES);
  }

  @Test
  void neverTakesMoreMemoryThanItsCapacityAndOnePiece() {
    AudioRing ring = new AudioRing(CAPACITY);
    ByteString audio = Signals.linear16(new short[333]);

    for (int n = 0; n < 10_000; n++) {
      ring.append(audio);
      assertThat(ring.allocatedBytes()).isLessThanOrEqualTo(2L * CAPACITY + SEGMENT_BYTES);
    }
  }

  @Test
  void refusesPartsOfSamplesAndUselessCapacities() {
    assertThatThrownBy(() -> new AudioRing(0)).isInstanceOf(IllegalArgumentException.class);
    AudioRing ring = new AudioRing(1);
    ByteString odd = ByteString.copyFrom(new byte[3]);
    assertThatThrownBy(() -> ring.append(odd)).isInstanceOf(IllegalArgumentException.class);
    assertThat(ring.end()).isZero();
  }
}
