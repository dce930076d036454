// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.recognition;

import java.util.Arrays;

/**
 * The power of a 25 ms frame in ten bands between 100 Hz and 7 kHz, equally wide on the mel scale.
 * About ten microseconds a frame. Not thread-safe.
 */
final class Spectrum {
  static final int BANDS = 10;

  /** Samples of a frame. */
  static final int FRAME = Recognizer.SAMPLE_RATE / 40;

  private static final int SIZE = 512;
  private static final double LOWEST_HERTZ = 100;
  private static final double HIGHEST_HERTZ = 7_000;
  private static final double[] WINDOW = window();
  private static final double[] COSINE = new double[SIZE / 2];
  private static final double[] SINE = new double[SIZE / 2];
  private static final int[] EDGES = edges();

  /** Where each sample of a frame goes before the transform. */
  private static final int[] REVERSED = new int[SIZE];

  static {
    for (int i = 0; i < SIZE / 2; i++) {
      COSINE[i] = Math.cos(2 * Math.PI * i / SIZE);
      SINE[i] = Math.sin(2 * Math.PI * i / SIZE);
    }
    for (int i = 0; i < SIZE; i++) {
      REVERSED[i] = Integer.reverse(i) >>> (Integer.SIZE - 9);
    }
  }

  private final double[] real = new double[SIZE];
  private final double[] imaginary = new double[SIZE];

  /** Writes the mean power of each band to {@code into} from {@code offset} on. */
  void bands(double[] frame, double[] into, int offset) {
    Arrays.fill(imaginary, 0);
    for (int i = 0; i < FRAME; i++) {
      real[REVERSED[i]] = frame[i] * WINDOW[i];
    }
    for (int i = FRAME; i < SIZE; i++) {
      real[REVERSED[i]] = 0;
    }
    transform();
    for (int band = 0; band < BANDS; band++) {
      double power = 0;
      for (int bin = EDGES[band]; bin < EDGES[band + 1]; bin++) {
        power += real[bin] * real[bin] + imaginary[bin] * imaginary[bin];
      }
      into[offset + band] = power / (EDGES[band + 1] - EDGES[band]);
    }
  }

  /** The radix-2 Fourier transform, in place, of input in bit-reversed order. */
  private void transform() {
    pairs();
    for (int half = 2; half < SIZE; half *= 2) {
      int stride = SIZE / (2 * half);
      for (int start = 0; start < SIZE; start += 2 * half) {
        for (int k = 0; k < half; k++) {
          int low = start + k;
          int high = low + half;
          double cosine = COSINE[k * stride];
          double sine = SINE[k * stride];
          double re = real[high] * cosine + imaginary[high] * sine;
          double im = imaginary[high] * cosine - real[high] * sine;
          real[high] = real[low] - re;
          imaginary[high] = imaginary[low] - im;
          real[low] += re;
          imaginary[low] += im;
        }
      }
    }
  }

  /** The first step, which needs no multiplication, of input that is real. */
  private void pairs() {
    for (int low = 0; low < SIZE; low += 2) {
      double high = real[low + 1];
      real[low + 1] = real[low] - high;
      real[low] += high;
    }
  }

  private static double[] window() {
    double[] hamming = new double[FRAME];
    for (int i = 0; i < FRAME; i++) {
      hamming[i] = 0.54 - 0.46 * Math.cos(2 * Math.PI * i / (FRAME - 1));
    }
    return hamming;
  }

  /** First transform bin of each band, and the end of the last one. */
  private static int[] edges() {
    int[] edges = new int[BANDS + 1];
    double low = mel(LOWEST_HERTZ);
    double step = (mel(HIGHEST_HERTZ) - low) / BANDS;
    for (int i = 0; i <= BANDS; i++) {
      double hertz = 700 * (Math.exp((low + i * step) / 1127) - 1);
      edges[i] = (int) Math.ceil(hertz * SIZE / Recognizer.SAMPLE_RATE);
    }
    return edges;
  }

  private static double mel(double hertz) {
    return 1127 * Math.log(1 + hertz / 700);
  }
}
