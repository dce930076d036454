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
  private final Shapes shapes = new Shapes();
  private int frames;
  private int filled;
  private double loudest;
  private int compared;

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

  /**
   * Whether the whole sound is one steady noise or tone. False for a clip too short to tell. Asked
   * for every hypothesis, so what was summed up before is kept.
   */
  boolean isSteady() {
    if (frames < MIN_FRAMES) {
      return false;
    }
    double now = loudest();
    // Another loudest frame may take others out of the sums.
    if (shapes.loudest != now) {
      shapes.clear(now);
    }
    addTo(shapes, FLOOR);
    return shapes.spread() < STEADY_DECIBELS;
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
    Shapes all = new Shapes();
    all.clear(loudest());
    addTo(all, FLOOR + all.loudest * floorRatio);
    return all.spread();
  }

  private double loudest() {
    for (; compared < frames; compared++) {
      loudest = Math.max(loudest, energy(compared));
    }
    return loudest;
  }

  private void addTo(Shapes sums, double floor) {
    for (; sums.seen < frames; sums.seen++) {
      if (energy(sums.seen) > sums.loudest * ACTIVE_RATIO || sums.loudest == 0) {
        sums.add(bands, sums.seen * Spectrum.BANDS, floor);
      }
    }
  }

  /** Sums over the frames seen so far that are loud enough beside the loudest one. */
  private static final class Shapes {
    private final double[] level = new double[Spectrum.BANDS];
    private final double[] sum = new double[Spectrum.BANDS];
    private final double[] squares = new double[Spectrum.BANDS];
    private double loudest;
    private int seen;
    private int active;

    void clear(double newLoudest) {
      Arrays.fill(sum, 0);
      Arrays.fill(squares, 0);
      loudest = newLoudest;
      seen = 0;
      active = 0;
    }

    void add(double[] bands, int offset, double floor) {
      active++;
      double mean = 0;
      for (int band = 0; band < Spectrum.BANDS; band++) {
        level[band] = 10 * Math.log10(bands[offset + band] + floor);
        mean += level[band] / Spectrum.BANDS;
      }
      for (int band = 0; band < Spectrum.BANDS; band++) {
        double shape = level[band] - mean;
        sum[band] += shape;
        squares[band] += shape * shape;
      }
    }

    double spread() {
      double spread = 0;
      for (int band = 0; band < Spectrum.BANDS; band++) {
        double mean = sum[band] / active;
        spread += Math.sqrt(Math.max(0, squares[band] / active - mean * mean));
      }
      return spread / Spectrum.BANDS;
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
