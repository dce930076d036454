// SPDX-License-Identifier: Apache-2.0
package halfsecond.vad.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import halfsecond.common.audio.Levels;
import halfsecond.testing.TestAudio;
import java.nio.ShortBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ClipStatisticsTest {
  private final RecordingListener heard = new RecordingListener();

  @Test
  void measuresALevelAgainstTheNoiseAroundIt() {
    ClipStatistics clip =
        detect(
            TestAudio.concat(
                TestAudio.tone(7000, -60, Duration.ofSeconds(1)),
                TestAudio.tone(200, -20, Duration.ofSeconds(1)),
                TestAudio.tone(7000, -60, Duration.ofSeconds(1))),
            -40);

    assertThat(clip.signalToNoiseDb().orElseThrow()).isCloseTo(40, within(0.2));
    assertThat(clip.speechRatio()).isCloseTo(1.0 / 1.36, within(0.001));
    assertThat(clip.meanLevelDbfs()).isCloseTo(-20 - 10 * Math.log10(1.36), within(0.1));
    assertThat(clip.peakLevelDbfs()).isCloseTo(-17, within(0.1));
    assertThat(clip.clippingRatio()).isZero();
    assertThat(clip.pitchHertz().orElseThrow()).isCloseTo(200, within(4.0));
    assertThat(clip.spectralCentroidHertz().orElseThrow()).isCloseTo(200, within(60.0));
  }

  @Test
  void hasNoSignalToNoiseWithoutUnvoicedFrames() {
    ClipStatistics clip = detect(TestAudio.tone(200, -20, Duration.ofSeconds(1)), -40);

    assertThat(clip.signalToNoiseDb()).isEmpty();
    assertThat(clip.speechRatio()).isEqualTo(1);
  }

  @Test
  void hasNoPitchWhereNothingIsPeriodic() {
    ClipStatistics clip = detect(TestAudio.whiteNoise(5, -20, Duration.ofSeconds(1)), -40);

    assertThat(clip.pitchHertz()).isEmpty();
    assertThat(clip.spectralCentroidHertz().orElseThrow()).isCloseTo(4000, within(150.0));
  }

  @Test
  void countsSamplesAtFullScale() {
    short[] square = new short[16000];
    for (int i = 0; i < square.length; i++) {
      square[i] = i / 40 % 2 == 0 ? Short.MAX_VALUE : Short.MIN_VALUE;
    }

    ClipStatistics clip = detect(square, -40);

    assertThat(clip.clippingRatio()).isEqualTo(1);
    assertThat(clip.peakLevelDbfs()).isCloseTo(0, within(0.001));
    assertThat(clip.meanLevelDbfs()).isCloseTo(0, within(0.001));
  }

  /** The one clip in the audio; frames above the level are voiced. */
  private ClipStatistics detect(short[] audio, double voicedDbfs) {
    FrameJudge judge =
        new FrameJudge() {
          @Override
          public boolean isVoiced(short[] frame) {
            Levels levels = new Levels();
            levels.add(frame);
            return levels.rmsDbfs() > voicedDbfs;
          }

          @Override
          public void close() {}
        };
    try (Detector detector = new Detector(Settings.DEFAULT.build(), 16000, 0, judge, heard)) {
      detector.hear(ShortBuffer.wrap(audio));
      detector.endOfStream();
    }
    assertThat(heard.ended).hasSize(1);
    return heard.ended.get(0).statistics();
  }
}
