// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.window;

import halfsecond.common.error.SpeechException;
import java.time.Duration;
import java.time.Instant;

/**
 * How finely time is told apart: in fine windows for a while, then in coarse ones made of them,
 * then not at all.
 *
 * @param fine width of a fine window, whole seconds
 * @param fineKept age from which windows are coarse
 * @param coarse width of a coarse window, a multiple of {@code fine}
 * @param kept age from which nothing is kept
 */
public record WindowLayout(Duration fine, Duration fineKept, Duration coarse, Duration kept) {
  /** Clocks of reporters may be this far ahead of ours. */
  public static final Duration FUTURE = Duration.ofMinutes(5);

  public WindowLayout {
    check(
        fine.compareTo(Duration.ofSeconds(1)) >= 0 && fine.toNanosPart() == 0,
        "fine must be whole seconds");
    check(coarse.compareTo(fine) >= 0, "coarse must not be less than fine");
    check(coarse.toSeconds() % fine.toSeconds() == 0, "coarse must be a multiple of fine");
    check(coarse.toNanosPart() == 0, "coarse must be whole seconds");
    check(fineKept.compareTo(coarse) >= 0, "fine-kept must not be less than coarse");
    check(kept.compareTo(fineKept) > 0, "kept must be more than fine-kept");
  }

  /** What is kept in which form at one moment. */
  public Edges edgesAt(Instant now) {
    return new Edges(
        floor(now.minus(kept).getEpochSecond(), coarse),
        floor(now.minus(fineKept).getEpochSecond(), coarse));
  }

  /** Most windows that one series can have, those of the near future included. */
  public long mostWindows() {
    long fineSpan = fineKept.plus(coarse).plus(FUTURE).plus(fine).toSeconds();
    return fineSpan / fine.toSeconds()
        + 1
        + kept.minus(fineKept).toSeconds() / coarse.toSeconds()
        + 2;
  }

  /**
   * Checks a time of which somebody reports.
   *
   * @throws SpeechException {@code FIELD_INVALID} if it is before what is kept, or too far ahead of
   *     {@code now}
   */
  public void check(String field, Instant time, Edges edges, Instant now) {
    if (time.getEpochSecond() < edges.keptFrom() || time.isAfter(now.plus(FUTURE))) {
      throw SpeechException.fieldInvalid(
          field,
          "at most "
              + kept.toHours()
              + " h old and at most "
              + FUTURE.toMinutes()
              + " min in the future");
    }
  }

  /** The first second of the window that a time belongs to. */
  long windowOf(Instant time, Edges edges) {
    long second = time.getEpochSecond();
    return floor(second, second < edges.coarseBefore() ? coarse : fine);
  }

  /**
   * {@code asked}, widened to whole windows and cut to what there can be; empty if nothing remains.
   */
  public TimeSpan covered(TimeSpan asked, Edges edges, Instant now) {
    long start = Math.max(windowOf(asked.start(), edges), edges.keptFrom());
    long end = Math.min(ceiling(asked.end(), edges), ceiling(now.plus(FUTURE), edges));
    return new TimeSpan(Instant.ofEpochSecond(start), Instant.ofEpochSecond(Math.max(start, end)));
  }

  private long ceiling(Instant time, Edges edges) {
    long second = time.getNano() > 0 ? time.getEpochSecond() + 1 : time.getEpochSecond();
    Duration width = second <= edges.coarseBefore() ? coarse : fine;
    return floor(second + width.toSeconds() - 1, width);
  }

  private static long floor(long second, Duration width) {
    return Math.floorDiv(second, width.toSeconds()) * width.toSeconds();
  }

  private static void check(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }

  /**
   * Ends of what is kept, in epoch seconds, both multiples of the coarse width.
   *
   * @param keptFrom windows that start before are gone
   * @param coarseBefore windows that start before are coarse
   */
  public record Edges(long keptFrom, long coarseBefore) {
    /** Time that runs backwards brings nothing back. */
    public Edges orLater(Edges other) {
      return new Edges(
          Math.max(keptFrom, other.keptFrom), Math.max(coarseBefore, other.coarseBefore));
    }
  }
}
