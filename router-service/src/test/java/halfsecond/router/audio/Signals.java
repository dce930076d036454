// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.audio;

import com.google.protobuf.ByteString;
import halfsecond.common.audio.Audio16k;
import java.nio.ByteOrder;
import java.util.Random;

/** Test signals and measurements on them. */
final class Signals {
  private Signals() {}

  static short[] tone(int rate, double hertz, double amplitude, int samples) {
    short[] tone = new short[samples];
    for (int n = 0; n < samples; n++) {
      tone[n] = (short) Math.round(amplitude * Math.sin(2 * Math.PI * hertz * n / rate));
    }
    return tone;
  }

  static short[] noise(long seed, int samples) {
    Random random = new Random(seed);
    short[] noise = new short[samples];
    for (int n = 0; n < samples; n++) {
      noise[n] = (short) random.nextInt();
    }
    return noise;
  }

  static byte[] bytes(long seed, int count) {
    byte[] bytes = new byte[count];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  static ByteString linear16(short[] samples) {
    return ByteString.copyFrom(Audio16k.toBytes(samples));
  }

  static short[] samples(ByteString linear16) {
    short[] samples = new short[linear16.size() / 2];
    linear16.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(samples);
    return samples;
  }

  /** What a decoder makes of LINEAR16 samples given at once. */
  static short[] resampled(int rate, short[] input) {
    AudioDecoder decoder = new AudioDecoder(AudioFormat.of(Encoding.LINEAR16, rate));
    ByteString first = decoder.decode(linear16(input));
    return samples(first.concat(decoder.finish()));
  }

  /** Root of the mean square, leaving out so many samples at both ends. */
  static double level(short[] samples, int edge) {
    double sum = 0;
    for (int n = edge; n < samples.length - edge; n++) {
      sum += (double) samples[n] * samples[n];
    }
    return Math.sqrt(sum / (samples.length - 2 * edge));
  }

  /** Amplitude of one frequency, by a Fourier sum under a Blackman-Harris window. */
  static double amplitude(short[] samples, int rate, double hertz) {
    double real = 0;
    double imaginary = 0;
    double total = 0;
    for (int n = 0; n < samples.length; n++) {
      double x = 2 * Math.PI * n / (samples.length - 1);
      double window =
          0.35875 - 0.48829 * Math.cos(x) + 0.14128 * Math.cos(2 * x) - 0.01168 * Math.cos(3 * x);
      real += window * samples[n] * Math.cos(2 * Math.PI * hertz * n / rate);
      imaginary += window * samples[n] * Math.sin(2 * Math.PI * hertz * n / rate);
      total += window;
    }
    return 2 * Math.hypot(real, imaginary) / total;
  }

  static double decibels(double ratio) {
    return 20 * Math.log10(ratio);
  }
}
