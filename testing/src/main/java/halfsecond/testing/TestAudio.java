// SPDX-License-Identifier: Apache-2.0
package halfsecond.testing;

import halfsecond.common.audio.Audio16k;
import halfsecond.common.audio.Levels;
import java.time.Duration;
import java.util.Random;

/**
 * Audio made up for tests, 16 kHz 16-bit mono; the same arguments always make the same samples.
 * Levels are RMS in dBFS.
 */
public final class TestAudio {
  private static final double FULL_SCALE = 32_768;

  private TestAudio() {}

  public static short[] silence(Duration duration) {
    return new short[length(duration)];
  }

  /** A sine. */
  public static short[] tone(double hertz, double dbfs, Duration duration) {
    double peak = Levels.amplitude(dbfs) * Math.sqrt(2);
    double[] signal = new double[length(duration)];
    for (int i = 0; i < signal.length; i++) {
      signal[i] = peak * Math.sin(2 * Math.PI * hertz * i / Audio16k.SAMPLE_RATE);
    }
    return quantised(signal);
  }

  /** Noise with the same power at all frequencies. */
  public static short[] whiteNoise(long seed, double dbfs, Duration duration) {
    Random random = new Random(seed);
    double[] signal = new double[length(duration)];
    for (int i = 0; i < signal.length; i++) {
      signal[i] = random.nextGaussian();
    }
    return quantised(scaled(signal, dbfs));
  }

  /** Noise with the same power in each octave, closer to that of rooms and streets. */
  public static short[] pinkNoise(long seed, double dbfs, Duration duration) {
    Random random = new Random(seed);
    double[] signal = new double[length(duration)];
    // Paul Kellet's filter: within 0.05 dB of -3 dB an octave above 9 Hz at 44.1 kHz, close enough
    // at 16 kHz.
    double b0 = 0;
    double b1 = 0;
    double b2 = 0;
    for (int i = 0; i < signal.length; i++) {
      double white = random.nextGaussian();
      b0 = 0.99765 * b0 + white * 0.0990460;
      b1 = 0.96300 * b1 + white * 0.2965164;
      b2 = 0.57000 * b2 + white * 1.0526913;
      signal[i] = b0 + b1 + b2 + white * 0.1848;
    }
    return quantised(scaled(signal, dbfs));
  }

  /** One after the other. */
  public static short[] concat(short[]... parts) {
    int length = 0;
    for (short[] part : parts) {
      length += part.length;
    }
    short[] all = new short[length];
    int at = 0;
    for (short[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return all;
  }

  /**
   * Both at once, as long as {@code audio}; {@code under} is repeated as needed, sums beyond full
   * scale are clipped.
   */
  public static short[] mix(short[] audio, short[] under) {
    short[] mixed = new short[audio.length];
    for (int i = 0; i < mixed.length; i++) {
      mixed[i] = clipped(audio[i] + under[i % under.length]);
    }
    return mixed;
  }

  private static int length(Duration duration) {
    return Math.toIntExact(Audio16k.samples(duration));
  }

  private static double[] scaled(double[] signal, double dbfs) {
    double power = 0;
    for (double value : signal) {
      power += value * value;
    }
    double gain = power == 0 ? 0 : Levels.amplitude(dbfs) / Math.sqrt(power / signal.length);
    for (int i = 0; i < signal.length; i++) {
      signal[i] *= gain;
    }
    return signal;
  }

  private static short[] quantised(double[] signal) {
    short[] samples = new short[signal.length];
    for (int i = 0; i < signal.length; i++) {
      samples[i] = clipped(Math.round(signal[i] * FULL_SCALE));
    }
    return samples;
  }

  private static short clipped(long value) {
    return (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, value));
  }
}
