// SPDX-License-Identifier: Apache-2.0
package halfsecond.vad.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpectralCentroidTest {
  @ParameterizedTest(name = "{0} Hz at {1} Hz, {2} ms")
  @CsvSource({
    "500, 16000, 20", "1000, 16000, 20", "3000, 16000, 10", "5000, 16000, 30",
    "1000, 8000, 10", "2000, 8000, 30", "4000, 32000, 20", "6000, 48000, 20"
  })
  void ofAToneIsTheTone(double hertz, int rate, int millis) {
    int length = rate / 1000 * millis;
    short[] frame = new short[length];
    for (int i = 0; i < length; i++) {
      frame[i] = (short) (8000 * Math.sin(2 * Math.PI * hertz * i / rate));
    }

    assertThat(new SpectralCentroid(rate, length).of(frame))
        .isCloseTo(hertz, within((double) rate / 100));
  }

  @Test
  void ofWhiteNoiseIsTheMiddleOfTheBand() {
    Random random = new Random(3);
    short[] frame = new short[320];
    for (int i = 0; i < frame.length; i++) {
      frame[i] = (short) (3000 * random.nextGaussian());
    }

    assertThat(new SpectralCentroid(16000, 320).of(frame)).isCloseTo(4000, within(400.0));
  }

  @Test
  void ofSilenceIsNothing() {
    assertThat(new SpectralCentroid(16000, 320).of(new short[320])).isNaN();
  }
}
