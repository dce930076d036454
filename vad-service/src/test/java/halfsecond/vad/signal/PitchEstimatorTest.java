// SPDX-License-Identifier: Apache-2.0
package halfsecond.vad.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PitchEstimatorTest {
  @ParameterizedTest(name = "{0} Hz at {1} Hz")
  @CsvSource({
    "80, 16000", "110, 16000", "160, 16000", "220, 16000", "300, 16000", "390, 16000",
    "110, 8000", "220, 8000", "110, 32000", "220, 32000", "110, 48000", "220, 48000"
  })
  void findsTheFundamentalUnderItsHarmonics(double hertz, int rate) {
    assertThat(estimate(rate, i -> harmonics(hertz, (double) i / rate)))
        .isCloseTo(hertz, within(hertz * 0.03));
  }

  @Test
  void saysNothingOfNoise() {
    Random random = new Random(7);

    assertThat(estimate(16000, i -> 3000 * random.nextGaussian())).isNaN();
  }

  @Test
  void saysNothingOfSilence() {
    assertThat(estimate(16000, i -> 0)).isNaN();
  }

  @Test
  void survivesFullScaleWithoutOverflow() {
    assertThat(estimate(16000, i -> i / 80 % 2 == 0 ? 32767 : -32768)).isCloseTo(100, within(3.0));
  }

  private static double harmonics(double hertz, double seconds) {
    double sum = 0;
    for (int harmonic = 1; harmonic * hertz < 3000; harmonic++) {
      sum += Math.sin(2 * Math.PI * hertz * harmonic * seconds) / harmonic;
    }
    return 5000 * sum;
  }

  private static double estimate(int rate, IntToDoubleFunction signal) {
    PitchEstimator pitch = new PitchEstimator(rate);
    int length = rate / 50;
    short[] frame = new short[length];
    for (int f = 0; f < 5; f++) {
      for (int i = 0; i < length; i++) {
        frame[i] = (short) signal.applyAsDouble(f * length + i);
      }
      pitch.hear(frame, length);
    }
    return pitch.estimate();
  }
}
