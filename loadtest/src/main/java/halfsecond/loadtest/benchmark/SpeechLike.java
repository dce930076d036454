// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.benchmark;

import com.google.protobuf.ByteString;
import halfsecond.common.audio.Audio16k;
import java.util.Random;

/**
 * Audio with the structure of speech (voiced syllables, pauses, a noise floor), the same in every
 * run.
 */
final class SpeechLike {
  private static final int SYLLABLES_PER_SECOND = 4;
  private static final int PITCH_HERTZ = 120;
  private static final int HARMONICS = 20;
  private static final double AMPLITUDE = 4_000;
  private static final double FLOOR = 60;

  private SpeechLike() {}

  /** Two seconds of syllables, then one of pause, over and over. */
  static short[] samples(int rate, int seconds) {
    Random random = new Random(1);
    short[] samples = new short[rate * seconds];
    for (int n = 0; n < samples.length; n++) {
      double time = (double) n / rate;
      double syllable = Math.max(0, Math.sin(2 * Math.PI * SYLLABLES_PER_SECOND * time));
      double envelope = time % 3 < 2 ? syllable : 0;
      samples[n] = (short) (AMPLITUDE * envelope * voice(time) + FLOOR * random.nextGaussian());
    }
    return samples;
  }

  /** The samples as little-endian bytes, cut into messages; what is left at the end is dropped. */
  static ByteString[] messages(short[] samples, int messageSamples) {
    ByteString[] messages = new ByteString[samples.length / messageSamples];
    for (int i = 0; i < messages.length; i++) {
      int from = i * messageSamples;
      messages[i] = ByteString.copyFrom(Audio16k.toBytes(samples, from, from + messageSamples));
    }
    return messages;
  }

  private static double voice(double time) {
    double sum = 0;
    for (int harmonic = 1; harmonic <= HARMONICS; harmonic++) {
      sum += Math.sin(2 * Math.PI * PITCH_HERTZ * harmonic * time) / harmonic;
    }
    return sum;
  }
}
