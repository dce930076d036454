// SPDX-License-Identifier: Apache-2.0
package halfsecond.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.within;

import halfsecond.common.audio.Levels;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class TestAudioTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  @Test
  void makesTheLevelThatWasAskedFor() {
    assertThat(level(TestAudio.whiteNoise(1, -30, SECOND))).isCloseTo(-30, within(0.1));
    assertThat(level(TestAudio.pinkNoise(1, -30, SECOND))).isCloseTo(-30, within(0.1));
    assertThat(level(TestAudio.tone(440, -30, SECOND))).isCloseTo(-30, within(0.1));
    assertThat(level(TestAudio.silence(SECOND))).isEqualTo(Levels.FLOOR_DBFS);
  }

  @Test
  void makesTheSameNoiseForTheSameSeedOnly() {
    assertThat(TestAudio.whiteNoise(7, -30, SECOND))
        .isEqualTo(TestAudio.whiteNoise(7, -30, SECOND));
    assertThat(TestAudio.whiteNoise(7, -30, SECOND))
        .isNotEqualTo(TestAudio.whiteNoise(8, -30, SECOND));
  }

  @Test
  void makesPinkNoiseChangeMoreSlowlyThanWhite() {
    assertThat(roughness(TestAudio.pinkNoise(1, -30, SECOND)))
        .isLessThan(0.7 * roughness(TestAudio.whiteNoise(1, -30, SECOND)));
  }

  @Test
  void clipsWhatIsTooLoudWhenMixing() {
    short[] loud = new short[100];
    Arrays.fill(loud, (short) 30_000);

    assertThat(TestAudio.mix(loud, loud)).containsOnly(Short.MAX_VALUE);
    assertThat(TestAudio.concat(loud, new short[3])).hasSize(103).endsWith(0, 0, 0);
  }

  @Test
  void writesWavFilesThatItReads() throws IOException {
    short[] tone = TestAudio.tone(440, -20, SECOND);

    assertThat(WavFile.parse(WavFile.bytes(tone, 16_000), "tone")).isEqualTo(tone);
    assertThatIOException()
        .isThrownBy(() -> WavFile.parse(WavFile.bytes(tone, 8_000), "tone"))
        .withMessageContaining("not 16 kHz");
  }

  private static double level(short[] samples) {
    Levels levels = new Levels();
    levels.add(samples);
    return levels.rmsDbfs();
  }

  private static double roughness(short[] samples) {
    double sum = 0;
    for (int i = 1; i < samples.length; i++) {
      sum += Math.pow(samples[i] - samples[i - 1], 2);
    }
    return Math.sqrt(sum / samples.length);
  }
}
