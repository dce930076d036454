// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.audio;

/**
 * The coefficients of a polyphase low-pass filter that takes one rate to 16 kHz: a windowed sinc
 * (Kaiser), symmetric, so that all frequencies are delayed alike and the delay can be taken out
 * exactly.
 *
 * <p>The pass band ends at 0.9 of the lower of the two Nyquist frequencies and the stop band begins
 * at that Nyquist frequency. Row {@code r} holds the filter for output that lies {@code r / phases}
 * of an input sample after an input sample. With at most {@value #MAX_EXACT_PHASES} different such
 * positions every position has its own row; rates with more of them (an odd rate such as 44099 Hz
 * has 16000) would need megabytes each, so they get {@value #INTERPOLATED_PHASES} rows and the
 * resampler interpolates between neighbours, whose error stays under -90 dB. Immutable.
 */
final class FilterBank {
  static final int MAX_EXACT_PHASES = 640;
  static final int INTERPOLATED_PHASES = 512;

  private static final double PASS_SHARE = 0.9;
  private static final double ATTENUATION_DB = 78;

  private final int up;
  private final int down;
  private final int phases;
  private final int halfTaps;
  private final float[] rows;

  private FilterBank(int up, int down, int phases, int halfTaps, float[] rows) {
    this.up = up;
    this.down = down;
    this.phases = phases;
    this.halfTaps = halfTaps;
    this.rows = rows;
  }

  static FilterBank design(SampleRate rate) {
    int inner = SampleRate.INNER.hertz();
    int divisor = gcd(inner, rate.hertz());
    int up = inner / divisor;
    int phases = up <= MAX_EXACT_PHASES ? up : INTERPOLATED_PHASES;
    double stop = Math.min(inner, rate.hertz()) / 2.0 / rate.hertz();
    int halfTaps = halfTaps(stop * (1 - PASS_SHARE));
    float[] rows = rows(phases, halfTaps, stop * (1 + PASS_SHARE) / 2);
    return new FilterBank(up, rate.hertz() / divisor, phases, halfTaps, rows);
  }

  /** Output samples per {@link #down} input samples. */
  int up() {
    return up;
  }

  int down() {
    return down;
  }

  int phases() {
    return phases;
  }

  boolean exact() {
    return phases == up;
  }

  /** Input samples after an output's own position that it depends on: the look-ahead. */
  int halfTaps() {
    return halfTaps;
  }

  /**
   * Rows of {@code 2 * halfTaps} coefficients, one more than there are phases; shared, not to be
   * written to.
   */
  float[] rows() {
    return rows;
  }

  /** Kaiser's estimate of the length that the transition (in cycles per sample) needs. */
  private static int halfTaps(double transition) {
    return (int) Math.ceil((ATTENUATION_DB - 7.95) / (14.36 * transition) / 2);
  }

  private static float[] rows(int phases, int halfTaps, double cutoff) {
    int taps = 2 * halfTaps;
    double beta = 0.1102 * (ATTENUATION_DB - 8.7);
    float[] rows = new float[(phases + 1) * taps];
    double[] row = new double[taps];
    for (int phase = 0; phase <= phases; phase++) {
      double sum = 0;
      for (int tap = 0; tap < taps; tap++) {
        double t = (double) phase / phases + halfTaps - 1 - tap;
        row[tap] = sinc(2 * cutoff * t) * kaiser(t / halfTaps, beta);
        sum += row[tap];
      }
      // Every phase passes a constant unchanged; otherwise a constant would come out as a tone.
      for (int tap = 0; tap < taps; tap++) {
        rows[phase * taps + tap] = (float) (row[tap] / sum);
      }
    }
    return rows;
  }

  private static double sinc(double x) {
    return x == 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
  }

  private static double kaiser(double x, double beta) {
    return Math.abs(x) >= 1 ? 0 : bessel(beta * Math.sqrt(1 - x * x)) / bessel(beta);
  }

  /** Modified Bessel function of the first kind, order zero, by its power series. */
  private static double bessel(double x) {
    double sum = 1;
    double term = 1;
    for (int k = 1; term > sum * 1e-17; k++) {
      term *= x / (2 * k) * (x / (2 * k));
      sum += term;
    }
    return sum;
  }

  private static int gcd(int a, int b) {
    return b == 0 ? a : gcd(b, a % b);
  }
}
