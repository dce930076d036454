// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.window;

import halfsecond.common.error.SpeechException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * How finely time is told apart: in windows of the first level for a while, then in wider ones made
 * of them, and so on, then not at all.
 *
 * @param levels from the finest on; at least one
 */
public record WindowLayout(List<Level> levels) {
  /** Clocks of reporters may be this far ahead of ours. */
  public static final Duration FUTURE = Duration.ofMinutes(5);

  /**
   * Windows of one width.
   *
   * @param width whole seconds, a multiple of that of the level before
   * @param kept age from which windows are of the next level, or gone; more than that of the level
   *     before
   */
  public record Level(Duration width, Duration kept) {}

  public WindowLayout {
    levels = List.copyOf(levels);
    check(!levels.isEmpty(), "there must be windows");
    Level before = null;
    for (Level level : levels) {
      check(
          level.width().toSeconds() >= 1 && level.width().toNanosPart() == 0,
          "windows must be whole seconds wide");
      check(level.kept().compareTo(level.width()) >= 0, "kept must not be less than a window");
      if (before != null) {
        check(
            level.width().compareTo(before.width()) >= 0
                && level.width().toSeconds() % before.width().toSeconds() == 0,
            "coarse must be a multiple of fine");
        check(
            before.kept().compareTo(level.width()) >= 0,
            "fine-kept must not be less than a coarse window");
        check(level.kept().compareTo(before.kept()) > 0, "kept must be more than fine-kept");
      }
      before = level;
    }
  }

  /** Of fine windows for a while, then coarse ones. */
  public WindowLayout(Duration fine, Duration fineKept, Duration coarse, Duration kept) {
    this(List.of(new Level(fine, fineKept), new Level(coarse, kept)));
  }

  /** What is kept in which form at one moment. */
  public Edges edgesAt(Instant now) {
    List<Long> from = new ArrayList<>();
    for (int i = 0; i < levels.size(); i++) {
      from.add(floor(now.minus(levels.get(i).kept()).getEpochSecond(), wider(i)));
    }
    return new Edges(from);
  }

  /** Age from which nothing is kept. */
  public Duration kept() {
    return levels.get(levels.size() - 1).kept();
  }

  /** Width of the widest windows there are. */
  public Duration widest() {
    return levels.get(levels.size() - 1).width();
  }

  /** Width of the windows that a time belongs to. */
  public Duration widthAt(Instant time, Edges edges) {
    return widthAt(time.getEpochSecond(), edges);
  }

  /** Most windows that one series can have, those of the near future included. */
  public long mostWindows() {
    long most = FUTURE.toSeconds() / levels.get(0).width().toSeconds() + 1;
    Duration from = Duration.ZERO;
    for (int i = 0; i < levels.size(); i++) {
      Level level = levels.get(i);
      // An edge lies up to one window of the next level further back.
      long span = level.kept().minus(from).toSeconds() + wider(i).toSeconds();
      most += span / level.width().toSeconds() + 1;
      from = level.kept();
    }
    return most;
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
              + kept().toHours()
              + " h old and at most "
              + FUTURE.toMinutes()
              + " min in the future");
    }
  }

  /** The first second of the window that a time belongs to. */
  long windowOf(Instant time, Edges edges) {
    long second = time.getEpochSecond();
    return floor(second, widthAt(second, edges));
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
    Duration width = widthAt(second, edges);
    return floor(second + width.toSeconds() - 1, width);
  }

  private Duration widthAt(long second, Edges edges) {
    for (int i = 0; i < levels.size(); i++) {
      if (second >= edges.from().get(i)) {
        return levels.get(i).width();
      }
    }
    return widest();
  }

  private Duration wider(int level) {
    return levels.get(Math.min(level + 1, levels.size() - 1)).width();
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
   * Ends of what is kept, in epoch seconds, each a multiple of the width of the next level.
   *
   * @param from for each level, windows that start before are not of it any more
   */
  public record Edges(List<Long> from) {
    public Edges {
      from = List.copyOf(from);
    }

    /** Before all time: nothing is known of it yet. */
    public static Edges none(WindowLayout layout) {
      return new Edges(Collections.nCopies(layout.levels().size(), Long.MIN_VALUE));
    }

    /** Windows that start before are gone. */
    public long keptFrom() {
      return from.get(from.size() - 1);
    }

    /** Windows that start before are not of the finest level. */
    public long coarseBefore() {
      return from.get(0);
    }

    /** Time that runs backwards brings nothing back. */
    public Edges orLater(Edges other) {
      List<Long> later = new ArrayList<>();
      for (int i = 0; i < from.size(); i++) {
        later.add(Math.max(from.get(i), other.from.get(i)));
      }
      return new Edges(later);
    }
  }
}
