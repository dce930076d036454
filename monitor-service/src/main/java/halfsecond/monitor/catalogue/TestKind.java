// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.catalogue;

import halfsecond.monitor.catalogue.Metric.Kind;

/** Statistical tests; the values of the contract, which says what each is. */
public enum TestKind {
  KOLMOGOROV_SMIRNOV,
  WASSERSTEIN,
  POPULATION_STABILITY,
  TWO_PROPORTIONS,
  P_CHART,
  CUSUM,
  PAGE_HINKLEY,
  ADWIN,
  SLOPE,
  SEQUENTIAL,
  MCNEMAR,
  BURN_RATE,
  FIXED_LIMIT,
  ADAPTIVE_BAND,
  NO_DATA,
  SAMPLE_RATIO;

  /** Whether a metric of that kind can be judged by it. */
  public boolean fits(Kind kind) {
    return switch (this) {
      case KOLMOGOROV_SMIRNOV, WASSERSTEIN, POPULATION_STABILITY -> kind == Kind.DISTRIBUTION;
      case TWO_PROPORTIONS, P_CHART -> kind == Kind.PROPORTION;
      case CUSUM, PAGE_HINKLEY, ADWIN, SLOPE, FIXED_LIMIT, ADAPTIVE_BAND, NO_DATA -> true;
      // These compare versions or spend a budget: they judge no metric by itself.
      case SEQUENTIAL, MCNEMAR, BURN_RATE, SAMPLE_RATIO -> false;
    };
  }
}
