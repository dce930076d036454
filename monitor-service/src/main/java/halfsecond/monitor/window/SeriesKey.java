// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.window;

import halfsecond.monitor.record.TrafficClass;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Names one series.
 *
 * @param modelVersion a version, {@link #NONE} or {@link #OTHER}
 * @param cohort null for everybody
 */
record SeriesKey(
    String modelVersion, TrafficClass trafficClass, boolean shadow, @Nullable CohortKey cohort) {
  /** Gathers what is beyond a limit. */
  static final String OTHER = "other";

  /** Refused before a model was chosen. */
  static final String NONE = "none";

  /** True for the series that gathers the cohorts of a dimension beyond the limits. */
  boolean isOverflow() {
    return cohort != null && cohort.value().equals(OTHER);
  }

  /** The same of one cohort. */
  SeriesKey of(CohortKey one) {
    return new SeriesKey(modelVersion, trafficClass, shadow, one);
  }

  /** Where this counts if it is one too many. */
  SeriesKey overflow() {
    return new SeriesKey(
        OTHER,
        trafficClass,
        shadow,
        cohort == null ? null : new CohortKey(cohort.dimension(), OTHER));
  }

  boolean belongsTo(Who who) {
    return !shadow
        && (who.modelVersion() == null || modelVersion.equals(who.modelVersion()))
        && Objects.equals(cohort, who.cohort());
  }
}
