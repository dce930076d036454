// SPDX-License-Identifier: Apache-2.0
package halfsecond.vad.signal;

import java.util.Arrays;

/**
 * The spectral centroid of a frame: the mean frequency, weighted by magnitude, of its middle 256
 * samples under a Hann window. Not thread-safe; a few microseconds per frame.
 */
public final class SpectralCentroid {
  private static final int SIZE = 256;
  private static final int STAGES = Integer.numberOfTrailingZeros(SIZE);

  private final double hertzPerBin;
  private final int skipped;
  private final float[] window;
  private final float[] cosines = new float[SIZE / 2];
  private final float[] sines = new float[SIZE / 2];
  private final float[] real = new float[SIZE];
  private final float[] imaginary = new float[SIZE];

  /**
   * @param sampleRateHertz rate of the audio
   * @param frameSamples length of every frame
   */
  public SpectralCentroid(int sampleRateHertz, int frameSamples) {
    this.hertzPerBin = (double) sampleRateHertz / SIZE;
    for (int i = 0; i < SIZE / 2; i++) {
      cosines[i] = (float) Math.cos(2 * Math.PI * i / SIZE);
      sines[i] = (float) -Math.sin(2 * Math.PI * i / SIZE);
    }
    this.window = new float[Math.min(frameSamples, SIZE)];
    this.skipped = (frameSamples - window.length) / 2;
    for (int i = 0; i < window.length; i++) {
      window[i] = (float) (0.5 - 0.5 * Math.cos(2 * Math.PI * (i + 0.5) / window.length));
    }
  }

  /** The centroid in hertz, or NaN when the frame is digital silence. */
  public double of(short[] frame) {
    load(frame);
    transform();
    double weighted = 0;
    double total = 0;
    for (int bin = 1; bin < SIZE / 2; bin++) {
      double magnitude = Math.sqrt(real[bin] * real[bin] + imaginary[bin] * imaginary[bin]);
      weighted += bin * magnitude;
      total += magnitude;
    }
    return total == 0 ? Double.NaN : hertzPerBin * weighted / total;
  }

  /** Windows the middle of the frame into bit-reversed order, as the transform wants it. */
  private void load(short[] frame) {
    Arrays.fill(real, 0);
    Arrays.fill(imaginary, 0);
    for (int i = 0; i < window.length; i++) {
      real[Integer.reverse(i) >>> (Integer.SIZE - STAGES)] = window[i] * frame[skipped + i];
    }
  }

  private void transform() {
    for (int half = 1; half < SIZE; half *= 2) {
      int step = SIZE / (2 * half);
      for (int start = 0; start < SIZE; start += 2 * half) {
        for (int i = 0; i < half; i++) {
          butterfly(start + i, start + i + half, cosines[i * step], sines[i * step]);
        }
      }
    }
  }

  private void butterfly(int upper, int lower, float cosine, float sine) {
    float turnedReal = real[lower] * cosine - imaginary[lower] * sine;
    float turnedImaginary = real[lower] * sine + imaginary[lower] * cosine;
    real[lower] = real[upper] - turnedReal;
    imaginary[lower] = imaginary[upper] - turnedImaginary;
    real[upper] += turnedReal;
    imaginary[upper] += turnedImaginary;
  }
}
