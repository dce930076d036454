// SPDX-License-Identifier: Apache-2.0
package halfsecond.vad.signal;

import java.util.Arrays;

/**
 * Estimates the fundamental frequency at the end of the audio heard so far, by normalized
 * autocorrelation over 40 ms at 4 kHz. Covers 70 to 400 Hz. Not thread-safe; a few microseconds per
 * estimate.
 */
public final class PitchEstimator {
  /** The lowest frequency that is looked for, in hertz. */
  public static final int LOWEST_HERTZ = 70;

  /** The highest frequency that is looked for, in hertz. */
  public static final int HIGHEST_HERTZ = 400;

  private static final int RATE = 4000;
  private static final int SHORTEST_LAG = RATE / HIGHEST_HERTZ;
  private static final int LONGEST_LAG = RATE / LOWEST_HERTZ;
  private static final int WINDOW = RATE * 40 / 1000;
  private static final int HISTORY = WINDOW + LONGEST_LAG + 1;

  /** Twelve bits keep the sum of a window's products within an int, which the JIT vectorizes. */
  private static final int DROPPED_BITS = 4;

  private static final double PERIODIC = 0.6;

  /** A peak this close to the best one at a shorter lag is the period, the best one a multiple. */
  private static final double OCTAVE_GUARD = 0.9;

  private final int decimation;
  private final int[] history = new int[HISTORY];
  private final double[] correlations = new double[LONGEST_LAG + 2];
  private int partialSum;
  private int partialCount;

  /**
   * @param sampleRateHertz a multiple of 4000
   */
  public PitchEstimator(int sampleRateHertz) {
    this.decimation = sampleRateHertz / RATE;
  }

  /** Hears {@code count} more samples, at most 50 ms, from the start of the array. */
  public void hear(short[] samples, int count) {
    int decimated = (partialCount + count) / decimation;
    int keep = HISTORY - decimated;
    System.arraycopy(history, decimated, history, 0, keep);
    int next = keep;
    for (int i = 0; i < count; i++) {
      partialSum += samples[i];
      if (++partialCount == decimation) {
        history[next++] = (partialSum / decimation) >> DROPPED_BITS;
        partialSum = 0;
        partialCount = 0;
      }
    }
  }

  /** The fundamental frequency in hertz, or NaN where the audio is not periodic enough to say. */
  public double estimate() {
    double energy = energy(HISTORY - WINDOW);
    if (energy == 0) {
      return Double.NaN;
    }
    Arrays.fill(correlations, 0);
    double best = 0;
    for (int lag = SHORTEST_LAG - 1; lag <= LONGEST_LAG + 1; lag++) {
      correlations[lag] = correlate(lag) / Math.sqrt(energy * Math.max(1, energy(start(lag))));
      best = Math.max(best, correlations[lag]);
    }
    if (best < PERIODIC) {
      return Double.NaN;
    }
    for (int lag = SHORTEST_LAG; lag <= LONGEST_LAG; lag++) {
      if (correlations[lag] >= OCTAVE_GUARD * best && isPeak(lag)) {
        return RATE / (lag + vertex(lag));
      }
    }
    return Double.NaN;
  }

  private static int start(int lag) {
    return HISTORY - WINDOW - lag;
  }

  private double energy(int from) {
    int sum = 0;
    for (int i = 0; i < WINDOW; i++) {
      sum += history[from + i] * history[from + i];
    }
    return sum;
  }

  private double correlate(int lag) {
    int sum = 0;
    for (int i = HISTORY - WINDOW; i < HISTORY; i++) {
      sum += history[i] * history[i - lag];
    }
    return sum;
  }

  private boolean isPeak(int lag) {
    return correlations[lag] >= correlations[lag - 1] && correlations[lag] >= correlations[lag + 1];
  }

  /** Where the parabola through a peak and its neighbours is highest, relative to the peak. */
  private double vertex(int lag) {
    double left = correlations[lag - 1];
    double right = correlations[lag + 1];
    double curvature = left - 2 * correlations[lag] + right;
    return curvature == 0 ? 0 : 0.5 * (left - right) / curvature;
  }
}
