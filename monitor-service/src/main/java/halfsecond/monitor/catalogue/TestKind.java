// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.catalogue;

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
  SAMPLE_RATIO
}
