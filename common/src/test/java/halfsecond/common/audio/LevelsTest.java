// SPDX-License-Identifier: Apache-2.0
package halfsecond.common.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LevelsTest {
  private final Levels levels = new Levels();

  @Test
  void readsSilenceAndNothingAsTheFloor() {
    assertThat(levels.rmsDbfs()).isEqualTo(-96);
    levels.add(new short[100]);

    assertThat(levels.rmsDbfs()).isEqualTo(-96);
    assertThat(levels.peakDbfs()).isEqualTo(-96);
    assertThat(levels.clippingRatio()).isZero();
  }

  @Test
  void readsAFullScaleSquareWaveAsZeroAndClipped() {
    levels.add(new short[] {Short.MIN_VALUE, Short.MAX_VALUE});

    assertThat(levels.rmsDbfs()).isCloseTo(0, within(0.001));
    assertThat(levels.peakDbfs()).isCloseTo(0, within(0.001));
    assertThat(levels.clippingRatio()).isEqualTo(1);
  }

  @Test
  void readsASineThreeDecibelsBelowItsPeak() {
    short[] sine = new short[16_000];
    for (int i = 0; i < sine.length; i++) {
      sine[i] = (short) Math.round(16_384 * Math.sin(2 * Math.PI * 1000 * i / 16_000));
    }
    levels.add(sine);

    assertThat(levels.peakDbfs()).isCloseTo(-6.02, within(0.01));
    assertThat(levels.rmsDbfs()).isCloseTo(-9.03, within(0.01));
  }

  @Test
  void addsUpPartsToTheWhole() {
    short[] audio = new short[1000];
    for (int i = 0; i < audio.length; i++) {
      audio[i] = (short) (i * 31 - 15_000);
    }
    levels.add(audio);
    Levels first = new Levels();
    Levels second = new Levels();
    first.add(audio, 0, 300);
    second.add(audio, 300, 1000);
    first.add(second);

    assertThat(first.rmsDbfs()).isEqualTo(levels.rmsDbfs());
    assertThat(first.peakDbfs()).isEqualTo(levels.peakDbfs());
    assertThat(first.samples()).isEqualTo(1000);
    first.reset();
    assertThat(first.samples()).isZero();
  }

  @Test
  void turnsLevelsIntoAmplitudes() {
    assertThat(Levels.amplitude(-20)).isCloseTo(0.1, within(1e-12));
  }
}
