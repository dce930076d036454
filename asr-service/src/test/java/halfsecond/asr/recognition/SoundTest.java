// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.recognition;

import static org.assertj.core.api.Assertions.assertThat;

import halfsecond.common.audio.Audio16k;
import halfsecond.testing.RecordedSpeech;
import halfsecond.testing.TestAudio;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class SoundTest {
  private static final double STEADY_DECIBELS = 1.75;

  static List<short[]> sounds() {
    Duration second = Duration.ofSeconds(1);
    short[] speech = RecordedSpeech.cards().get(0).samples();
    return List.of(
        speech,
        TestAudio.silence(second),
        TestAudio.whiteNoise(1, -30, second),
        // Each part is louder than what came before, so that it changes what counts at all.
        TestAudio.concat(
            TestAudio.silence(second),
            TestAudio.pinkNoise(2, -70, second),
            TestAudio.tone(440, -40, second),
            speech,
            TestAudio.whiteNoise(3, -3, second),
            TestAudio.silence(second)));
  }

  @ParameterizedTest
  @MethodSource("sounds")
  void judgesAfterEveryBlockAsIfItHadNotJudgedBefore(short[] samples) {
    byte[] bytes = Audio16k.toBytes(samples);
    Sound asked = new Sound();
    for (int at = 0; at < bytes.length; at += 3200) {
      byte[] block = Audio16k.toBytes(samples, at / 2, Math.min(samples.length, at / 2 + 1600));
      asked.add(block, block.length);

      assertThat(asked.isSteady())
          .as("after sample %d", at / 2)
          .isEqualTo(asked.spread(0) < STEADY_DECIBELS);
    }
  }
}
