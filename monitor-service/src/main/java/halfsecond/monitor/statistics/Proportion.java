// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.statistics;

import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * Events among trials.
 *
 * @param events 0 to {@code trials}
 */
public record Proportion(long events, long trials) {
  public Proportion {
    if (events < 0 || events > trials) {
      throw new IllegalArgumentException("events are 0 to the number of trials");
    }
  }

  /** Events over trials; 0 without trials. */
  public double rate() {
    return trials == 0 ? 0 : (double) events / trials;
  }

  /** Both together. */
  public Proportion plus(Proportion other) {
    return new Proportion(events + other.events, trials + other.trials);
  }

  /**
   * Wilson's interval of the true rate; 0 to 1 without trials.
   *
   * @param confidence e.g. 0.95
   */
  public Interval interval(double confidence) {
    if (trials == 0) {
      return new Interval(0, 1);
    }
    double z = NormalDistribution.of(0, 1).inverseCumulativeProbability((1 + confidence) / 2);
    double n = trials;
    double p = rate();
    double centre = (p + z * z / (2 * n)) / (1 + z * z / n);
    double half = z / (1 + z * z / n) * Math.sqrt(p * (1 - p) / n + z * z / (4 * n * n));
    return new Interval(Math.max(0, centre - half), Math.min(1, centre + half));
  }

  /**
   * The upper control limit of a p-chart for a sample of this size: base + sigmas sqrt(base (1 -
   * base) / n); 1 without trials.
   *
   * @param base the rate of the process in control, 0 to 1
   * @param sigmas usually 3
   */
  public double controlLimit(double base, double sigmas) {
    return trials == 0 ? 1 : base + sigmas * Math.sqrt(base * (1 - base) / trials);
  }

  /** From low to high. */
  public record Interval(double low, double high) {
    /** Whether {@code value} is in it. */
    public boolean contains(double value) {
      return value >= low && value <= high;
    }
  }
}
