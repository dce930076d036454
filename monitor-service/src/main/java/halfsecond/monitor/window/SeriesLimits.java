// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.window;

/**
 * How many series there may be.
 *
 * @param modelVersions versions that are told apart, at least 1
 * @param cohortValues values that are told apart in each dimension, at least 1
 * @param cohortSeries series of single cohorts, over all versions and classes, at least 1
 */
public record SeriesLimits(int modelVersions, int cohortValues, int cohortSeries) {
  public SeriesLimits {
    if (modelVersions < 1 || cohortValues < 1 || cohortSeries < 1) {
      throw new IllegalArgumentException("limits of series must be at least 1");
    }
  }

  /**
   * Most series that these limits allow: those of everybody by version ("other" and "none" too),
   * the cohorts, and one "other" in each dimension, all by class and shadow.
   */
  public int mostSeries() {
    int classes = 4;
    return classes * (modelVersions + 2)
        + cohortSeries
        + classes * CohortKey.Dimension.values().length;
  }
}
