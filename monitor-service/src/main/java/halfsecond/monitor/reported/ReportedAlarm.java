// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.reported;

import halfsecond.monitor.catalogue.Metric;
import halfsecond.monitor.threshold.Target;
import java.time.Instant;
import java.util.Optional;

/**
 * A metric that is where it should not be, of everybody or one cohort.
 *
 * @param id names it; unique, and the same before and after a restart
 * @param metric as it is declared now
 * @param began when the samples begin that showed it first
 * @param suspected when they showed it
 * @param fired empty while it may still come to nothing
 * @param resolved empty while it goes on
 * @param finding what it rests on: while it goes on the latest, then the last that was outside
 */
public record ReportedAlarm(
    String id,
    Metric metric,
    Target target,
    Instant began,
    Instant suspected,
    Optional<Instant> fired,
    Optional<Instant> resolved,
    Finding finding) {
  /** Ids of no other alarms begin so. */
  public static final String ID_PREFIX = "m";
}
