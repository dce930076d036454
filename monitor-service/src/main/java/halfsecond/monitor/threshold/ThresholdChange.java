// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.threshold;

import halfsecond.monitor.record.Limits;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One change of one threshold.
 *
 * @param id names it; those of one monitor are in the order of their times
 * @param before what held; null if it was all left to the judge
 * @param after what holds; null if it is all left to the judge
 * @param actor who did it, 1 to 100 characters
 * @param comment why, 1 to 2000 characters
 */
public record ThresholdChange(
    String id,
    Target target,
    @Nullable Setting before,
    @Nullable Setting after,
    Instant at,
    String actor,
    String comment) {
  /** Who adapts thresholds to what is watched. */
  public static final String MONITOR = "monitor";

  private static final int LONGEST_ACTOR = 100;
  private static final int LONGEST_COMMENT = 2_000;

  /** Refuses with {@code FIELD_INVALID} what is out of the limits of the contract. */
  public ThresholdChange {
    Limits.check(
        !actor.isBlank() && actor.length() <= LONGEST_ACTOR,
        "actor",
        "1 to " + LONGEST_ACTOR + " characters: who does it");
    Limits.check(
        !comment.isBlank() && comment.length() <= LONGEST_COMMENT,
        "comment",
        "1 to " + LONGEST_COMMENT + " characters: why");
  }
}
