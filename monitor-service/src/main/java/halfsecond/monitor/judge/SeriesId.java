// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.judge;

import halfsecond.monitor.window.CohortKey;
import org.jspecify.annotations.Nullable;

/**
 * Names what is watched of whom.
 *
 * @param cohort null for everybody
 */
public record SeriesId(Watched watched, @Nullable CohortKey cohort) {}
