// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.window;

import halfsecond.monitor.record.TrafficClass;
import org.jspecify.annotations.Nullable;

/**
 * Which utterances to sum up.
 *
 * @param modelVersion null for all, together and each alone
 * @param cohort null for everybody
 * @param trafficClass null for both
 * @param shadow those that were only compared, in place of those that were sent
 */
public record SummaryQuery(
    TimeSpan span,
    @Nullable String modelVersion,
    @Nullable CohortKey cohort,
    @Nullable TrafficClass trafficClass,
    boolean shadow) {
  boolean matches(SeriesKey key) {
    return key.shadow() == shadow
        && (modelVersion == null || key.modelVersion().equals(modelVersion))
        && (trafficClass == null || key.trafficClass() == trafficClass)
        && (cohort == null ? key.cohort() == null : cohort.equals(key.cohort()));
  }
}
