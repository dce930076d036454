// SPDX-License-Identifier: Apache-2.0
package halfsecond.vad.rpc;

import halfsecond.testing.TestAudio;
import java.time.Duration;

/** Sounds that the native detector takes for speech, at 16 kHz. */
public final class Speech {
  private Speech() {}

  /** A vowel: harmonics of 150 Hz, louder and softer four times a second as syllables are. */
  public static short[] vowel(Duration length) {
    short[] audio = TestAudio.silence(length);
    for (int i = 0; i < audio.length; i++) {
      double seconds = i / 16000.0;
      double sum = 0;
      for (int harmonic = 1; harmonic <= 20; harmonic++) {
        sum += Math.sin(2 * Math.PI * 150 * harmonic * seconds) / harmonic;
      }
      double envelope = 0.6 + 0.4 * Math.sin(2 * Math.PI * 4 * seconds);
      audio[i] = (short) (6000 * envelope * sum);
    }
    return audio;
  }

  /** Half a second of silence, a second of vowel, a second of silence. */
  public static short[] utterance() {
    return TestAudio.concat(
        TestAudio.silence(Duration.ofMillis(500)),
        vowel(Duration.ofSeconds(1)),
        TestAudio.silence(Duration.ofSeconds(1)));
  }
}
