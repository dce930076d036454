// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.vosk;

import halfsecond.asr.recognition.Recognizer;
import java.util.SplittableRandom;

/**
 * Samples that are exactly zero, as a muted microphone sends them, make libvosk keep ever more
 * hypotheses: without dither 35 s of them cost thirteen times as much as 35 s of quiet noise. A
 * block of nothing but zeros is therefore decoded as noise of one bit, always the same one, so that
 * equal audio still gives equal text.
 */
final class DigitalSilence {
  private static final byte[] ONE_BIT_NOISE = noise();

  private DigitalSilence() {}

  /** The audio, or as much noise of one bit if its first {@code length} bytes are all zero. */
  static byte[] audible(byte[] audio, int length) {
    for (int i = 0; i < length; i++) {
      if (audio[i] != 0) {
        return audio;
      }
    }
    return ONE_BIT_NOISE;
  }

  private static byte[] noise() {
    SplittableRandom random = new SplittableRandom(1);
    byte[] samples = new byte[2 * Recognizer.MAX_BLOCK_SAMPLES];
    for (int i = 0; i < samples.length; i += 2) {
      int sample = random.nextInt(-1, 2);
      samples[i] = (byte) sample;
      samples[i + 1] = (byte) (sample >> 8);
    }
    return samples;
  }
}
