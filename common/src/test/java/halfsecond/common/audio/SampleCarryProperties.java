// SPDX-License-Identifier: Apache-2.0
package halfsecond.common.audio;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SampleCarryProperties {
  static List<Long> seeds() {
    return new Random(20_261_122).longs(50).boxed().toList();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void anyCutOfTheSameAudioGivesTheSameSamples(long seed) {
    Random random = new Random(seed);
    short[] samples = new short[random.nextInt(2_000)];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (short) random.nextInt();
    }
    byte[] bytes = Audio16k.toBytes(samples);

    SampleCarry carry = new SampleCarry();
    List<Short> read = new ArrayList<>();
    for (int at = 0; at < bytes.length; ) {
      int size = Math.min(random.nextInt(9), bytes.length - at);
      for (short sample : carry.read(ByteBuffer.wrap(bytes, at, size))) {
        read.add(sample);
      }
      at += size;
      assertThat(carry.pending()).isEqualTo(at % 2 == 1);
    }

    assertThat(read).isEqualTo(boxed(samples));
  }

  @Test
  void readsNegativeSamplesAcrossTheCut() {
    SampleCarry carry = new SampleCarry();

    assertThat(carry.read(ByteBuffer.wrap(new byte[] {(byte) 0xfe}))).isEmpty();
    assertThat(carry.read(ByteBuffer.allocate(0))).isEmpty();
    assertThat(carry.read(ByteBuffer.wrap(new byte[] {(byte) 0xff}))).containsExactly((short) -2);
  }

  @Test
  void leavesTheChunkAsItWas() {
    ByteBuffer chunk = ByteBuffer.wrap(new byte[] {1, 2, 3}).asReadOnlyBuffer();
    new SampleCarry().read(chunk);

    assertThat(chunk.remaining()).isEqualTo(3);
  }

  private static List<Short> boxed(short[] samples) {
    Short[] boxed = new Short[samples.length];
    for (int i = 0; i < samples.length; i++) {
      boxed[i] = samples[i];
    }
    return Arrays.asList(boxed);
  }
}
