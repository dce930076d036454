// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.vosk;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class DigitalSilenceTest {
  @Test
  void replacesNothingButZeros() {
    byte[] speech = new byte[3200];
    speech[3199] = 1;

    assertThat(DigitalSilence.audible(speech, 3200)).isSameAs(speech);
    byte[] noise = DigitalSilence.audible(speech, 3198);
    assertThat(noise).hasSizeGreaterThanOrEqualTo(6400);
    for (int i = 0; i < noise.length; i += 2) {
      assertThat((short) ((noise[i] & 0xff) | (noise[i + 1] << 8)))
          .isBetween((short) -1, (short) 1);
    }
    assertThat(DigitalSilence.audible(new byte[10], 10)).isEqualTo(noise);
  }
}
