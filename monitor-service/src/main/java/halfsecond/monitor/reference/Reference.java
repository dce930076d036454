// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.reference;

import halfsecond.monitor.record.Limits;
import halfsecond.monitor.window.TimeSpan;
import halfsecond.monitor.window.Who;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A reference that somebody made.
 *
 * @param id names it
 * @param displayName for people, 1 to 100 characters
 * @param window which data
 * @param who of whom; all fields may be null
 * @param metric of this metric only; null for all
 * @param made when, by whom and why
 */
public record Reference(
    String id, String displayName, Window window, Who who, @Nullable String metric, Made made) {
  private static final int LONGEST_NAME = 100;
  private static final int LONGEST_COMMENT = 2_000;

  /** Which data. */
  public sealed interface Window {}

  /** What was measured in a range; kept as it was then. */
  public record Pinned(TimeSpan range) implements Window {}

  /** Moves along with time. */
  public record Moving(Rolling rolling) implements Window {}

  /**
   * How it came to be.
   *
   * @param by 1 to 100 characters
   * @param comment at most 2000 characters, may be empty
   */
  public record Made(Instant at, String by, String comment) {
    public Made {
      Limits.check(
          !by.isEmpty() && by.length() <= LONGEST_NAME,
          "actor",
          "1 to " + LONGEST_NAME + " characters");
      Limits.check(
          comment.length() <= LONGEST_COMMENT,
          "comment",
          "at most " + LONGEST_COMMENT + " characters");
    }
  }

  public Reference {
    Limits.check(
        !displayName.isEmpty() && displayName.length() <= LONGEST_NAME,
        "reference.display_name",
        "1 to " + LONGEST_NAME + " characters");
  }
}
