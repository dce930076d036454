// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.recognition;

import java.util.Arrays;

/**
 * What a clip sounds like: the energy of {@link Spectrum#BANDS} bands every 20 ms, and from that
 * how much the shape of the spectrum changes. Speech changes it all the time, whatever its
 * loudness; steady noise, hum and tones do not. The figures behind the thresholds are in
 * docs/null-transcripts.md. Not thread-safe.
 */
final class Sound {
  /** Below this spread no speech was ever measured, and above it no steady broad-band noise. */
  private static final double STEADY_DECIBELS = 1.75;

  /** Frames quieter than the loudest by more than this say nothing about the sound. */
  private static final double ACTIVE_RATIO = Math.pow(10, -2.5);

  /** Added to each band so that rounding noise in empty bands has no weight: about -90 dBFS. */
  private static final double FLOOR = 1e3;

  /** Fewer frames than this (80 ms) are no ground for a judgement. */
  private static final int MIN_FRAMES = 4;

  private static final int HOP = Recognizer.SAMPLE_RATE / 50;

  private final Spectrum spectrum = new Spectrum();
  private final double[] window = new double[Spectrum.FRAME];
  private double[] bands = new double[50 * Spectrum.BANDS];
  private int frames;
  private int filled;

  /** Adds 16-bit little-endian samples. */
  void add(byte[] audio, int bytes) {
    for (int i = 0; i + 1 < bytes; i += 2) {
      window[filled++] = (short) ((audio[i] & 0xff) | (audio[i + 1] << 8));
      if (filled == window.length) {
        frame();
        System.arraycopy(window, HOP, window, 0, window.length - HOP);
        filled = window.length - HOP;
      }
    }
  }

  /** Whether the whole sound is one steady noise or tone. False for a clip too short to tell. */
  boolean isSteady() {
    return frames >= MIN_FRAMES && spread(0) < STEADY_DECIBELS;
  }

  /**
   * How much the shape of the spectrum changes, in dB: the standard deviation over time of each
   * band's level relative to the mean of all bands, averaged over the bands. Infinite for a clip
   * too short to tell.
   *
   * @param floorRatio level under which bands are ignored, relative to the loudest frame
   */
  double spread(double floorRatio) {
    if (frames < MIN_FRAMES) {
      return Double.POSITIVE_INFINITY;
    }
    double loudest = 0;
    for (int frame = 0; frame < frames; frame++) {
      loudest = Math.max(loudest, energy(frame));
    }
    double floor = FLOOR + loudest * floorRatio;
    double[] sum = new double[Spectrum.BANDS];
    double[] squares = new double[Spectrum.BANDS];
    int active = 0;
    for (int frame = 0; frame < frames; frame++) {
      if (energy(frame) > loudest * ACTIVE_RATIO || loudest == 0) {
        active++;
        addShape(frame, floor, sum, squares);
      }
    }
    double spread = 0;
    for (int band = 0; band < Spectrum.BANDS; band++) {
      double mean = sum[band] / active;
      spread += Math.sqrt(Math.max(0, squares[band] / active - mean * mean));
    }
    return spread / Spectrum.BANDS;
  }

  private void addShape(int frame, double floor, double[] sum, double[] squares) {
    double[] level = new double[Spectrum.BANDS];
    double mean = 0;
    for (int band = 0; band < Spectrum.BANDS; band++) {
      level[band] = 10 * Math.log10(bands[frame * Spectrum.BANDS + band] + floor);
      mean += level[band] / Spectrum.BANDS;
    }
    for (int band = 0; band < Spectrum.BANDS; band++) {
      double shape = level[band] - mean;
      sum[band] += shape;
      squares[band] += shape * shape;
    }
  }

  private double energy(int frame) {
    double sum = 0;
    for (int band = 0; band < Spectrum.BANDS; band++) {
      sum += bands[frame * Spectrum.BANDS + band];
    }
    return sum;
  }

  private void frame() {
    if ((frames + 1) * Spectrum.BANDS > bands.length) {
      bands = Arrays.copyOf(bands, 2 * bands.length);
    }
    spectrum.bands(window, bands, frames * Spectrum.BANDS);
    frames++;
  }
}
