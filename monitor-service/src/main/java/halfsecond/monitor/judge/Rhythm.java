// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.judge;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * What the parts of a day are like, from few values of each. Most of what a day does is one wave
 * between the small hours and the evening, of which all values tell something; what a part does
 * beside that, only its own values tell. Either is believed as far as it is more than chance would
 * make it, which is the best linear estimate of what is seen through so much noise. Immutable.
 */
final class Rhythm {
  /** Numbers that a wave is made of: two, and the mean. */
  private static final int OF_WAVE = 3;

  /** So much, of the 0.25 that even values have, a wave needs: half a day shows none. */
  private static final double LEAST_SPREAD = 0.0025;

  private final double[] means;

  /**
   * @param counts values of each part, at least one of all
   * @param sums of the values of each part
   * @param variance of single values, so much larger that those of means come out right
   */
  Rhythm(long[] counts, double[] sums, double variance) {
    double all = Arrays.stream(counts).sum();
    means = new double[counts.length];
    Arrays.fill(means, Arrays.stream(sums).sum() / all);
    if (counts.length > OF_WAVE) {
      addWave(counts, sums, all, variance);
      addRest(counts, sums, between(counts, sums, all, variance), variance);
    }
  }

  /** The mean of one part. */
  double mean(int part) {
    return means[part];
  }

  /** The one that fits best, weighted by counts, and less of it the less it explains. */
  private void addWave(long[] counts, double[] sums, double all, double variance) {
    double[] cosines = centred(Math::cos, counts, all);
    double[] sines = centred(Math::sin, counts, all);
    double cc = 0;
    double ss = 0;
    double cs = 0;
    double cy = 0;
    double sy = 0;
    for (int part = 0; part < counts.length; part++) {
      cc += counts[part] * cosines[part] * cosines[part];
      ss += counts[part] * sines[part] * sines[part];
      cs += counts[part] * cosines[part] * sines[part];
      cy += sums[part] * cosines[part];
      sy += sums[part] * sines[part];
    }
    double determinant = cc * ss - cs * cs;
    if (determinant < LEAST_SPREAD * all * all) {
      return;
    }
    double cosine = (ss * cy - cs * sy) / determinant;
    double sine = (cc * sy - cs * cy) / determinant;
    double explained = cosine * cy + sine * sy;
    // Chance alone explains the variance once for each of the two.
    double believed = explained <= 0 ? 0 : Math.max(0, 1 - 2 * variance / explained);
    for (int part = 0; part < counts.length; part++) {
      means[part] += believed * (cosine * cosines[part] + sine * sines[part]);
    }
  }

  private static double[] centred(DoubleUnaryOperator of, long[] counts, double all) {
    double[] values = new double[counts.length];
    double mean = 0;
    for (int part = 0; part < values.length; part++) {
      values[part] = of.applyAsDouble(2 * Math.PI * (part + 0.5) / values.length);
      mean += counts[part] * values[part] / all;
    }
    double centre = mean;
    return Arrays.stream(values).map(value -> value - centre).toArray();
  }

  /** Variance of the parts about the wave, by the method of moments; 0 if that may be chance. */
  private double between(long[] counts, double[] sums, double all, double variance) {
    double squares = 0;
    double spread = 0;
    int parts = 0;
    for (int part = 0; part < counts.length; part++) {
      if (counts[part] > 0) {
        double off = sums[part] / counts[part] - means[part];
        squares += (double) counts[part] * counts[part];
        spread += counts[part] * off * off;
        parts++;
      }
    }
    return parts <= OF_WAVE
        ? 0
        : Math.max(0, (spread - (parts - OF_WAVE) * variance) / (all - squares / all));
  }

  private void addRest(long[] counts, double[] sums, double between, double variance) {
    for (int part = 0; part < counts.length; part++) {
      double own = between * counts[part];
      if (own > 0) {
        means[part] += own / (own + variance) * (sums[part] / counts[part] - means[part]);
      }
    }
  }
}
