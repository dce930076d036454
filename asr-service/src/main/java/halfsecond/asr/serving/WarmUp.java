// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.serving;

import halfsecond.asr.recognition.Recognizer;
import java.util.SplittableRandom;

/**
 * Decodes a second of something voice-like (pulses of a changing pitch, with pauses of noise): it
 * touches the acoustic model and the graph, so that the first real clip does not pay for it, and
 * proves that the model decodes at all. What it hears is of no interest.
 */
final class WarmUp {
  private static final int SAMPLES = Recognizer.SAMPLE_RATE;
  private static final int SYLLABLE = SAMPLES / 5;

  private WarmUp() {}

  static void run(Recognizer recognizer) {
    byte[] audio = pulses();
    byte[] block = new byte[2 * Recognizer.MAX_BLOCK_SAMPLES];
    recognizer.begin(1);
    for (int at = 0; at < audio.length; at += block.length) {
      System.arraycopy(audio, at, block, 0, block.length);
      recognizer.accept(block, block.length);
    }
    recognizer.finish();
  }

  private static byte[] pulses() {
    SplittableRandom random = new SplittableRandom(1);
    byte[] audio = new byte[2 * SAMPLES];
    double resonance = 0;
    double previous = 0;
    double phase = 0;
    for (int i = 0; i < SAMPLES; i++) {
      boolean voiced = i % SYLLABLE < SYLLABLE * 3 / 4;
      phase += (110 + 20 * Math.sin(6.0 * i / SAMPLES)) / SAMPLES;
      double excitation = random.nextDouble(-60, 60);
      if (voiced && phase >= 1) {
        excitation += 8_000;
      }
      phase -= Math.floor(phase);
      // A vowel's first resonance at about 600 Hz.
      double next = 1.88 * resonance - 0.93 * previous + excitation * 0.3;
      previous = resonance;
      resonance = next;
      int sample = (int) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, next));
      audio[2 * i] = (byte) sample;
      audio[2 * i + 1] = (byte) (sample >> 8);
    }
    return audio;
  }
}
