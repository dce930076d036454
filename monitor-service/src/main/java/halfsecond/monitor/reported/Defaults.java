// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.reported;

import java.time.Duration;

/**
 * What decides unless somebody sets something else.
 *
 * @param minimumEffect in the unit of the test's effect; 0 if any counts
 * @param significance of one look; 0 if the test has none
 * @param minimumCount samples that are judged at least
 * @param hold how long it must be outside until it is an alarm
 */
record Defaults(double minimumEffect, double significance, long minimumCount, Duration hold) {
  /**
   * There are 24 looks a day that have no samples in common: with a hundred metrics this makes one
   * false alarm in forty days.
   */
  static final double SIGNIFICANCE = 1e-5;

  /** How long it must be back. */
  static final Duration RELEASE = Duration.ofMinutes(10);
}
