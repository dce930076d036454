// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.audio;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever is done to it, a ring holds what a list of everything would hold at the same positions.
 */
final class AudioRingProperties {
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void behavesLikeTheWholeAudioCutAtItsStart(long seed) {
    Random random = new Random(seed);
    ByteString audio = ByteString.copyFrom(Signals.bytes(seed, 2_000_000));
    int capacity = 1 + random.nextInt(60_000);
    AudioRing ring = new AudioRing(capacity);
    int end = 0;
    int start = 0;

    while (end < 900_000) {
      if (random.nextInt(4) == 0) {
        int before = end - random.nextInt(2 * capacity) + 10;
        ring.trim(before);
        start = Math.max(start, Math.min(before, end));
      } else {
        int length = random.nextInt(random.nextInt(10) == 0 ? 3 * capacity : 2_000);
        length = Math.min(length, 1_000_000 - end);
        ring.append(audio.substring(2 * end, 2 * (end + length)));
        end += length;
        start = Math.max(start, end - capacity);
      }

      assertThat(ring.start()).isEqualTo(start);
      assertThat(ring.end()).isEqualTo(end);
      int from = start + random.nextInt(end - start + 1);
      int to = from + random.nextInt(end - from + 1);
      assertThat(ring.slice(from, to).equals(audio.substring(2 * from, 2 * to))).isTrue();
    }
  }
}
