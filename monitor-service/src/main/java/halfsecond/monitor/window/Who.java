// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.window;

import org.jspecify.annotations.Nullable;

/**
 * Whose measurements.
 *
 * @param modelVersion null for all
 * @param cohort null for everybody
 */
public record Who(@Nullable String modelVersion, @Nullable CohortKey cohort) {
  /** All versions, everybody. */
  public static final Who ALL = new Who(null, null);
}
