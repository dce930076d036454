// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.judge;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Watches one series. Learns what it is like, then waits for a change with a cumulative sum to each
 * side, which sees a sudden one within few utterances, and says when it is over. Not safe for use
 * by several threads.
 *
 * <p>The limits adapt: a series whose days differ, or whose neighbours resemble each other, is
 * given more room.
 */
final class Watch {
  private final Watched watched;
  private final Pace pace;
  private final boolean distribution;
  private final Learned learned;
  private final RecentDay recent = new RecentDay();
  private final Climb up = new Climb();
  private final Climb down = new Climb();
  private @Nullable Reference reference;
  private @Nullable Yardstick yardstick;
  private @Nullable OpenChange open;

  /** What a value has brought. */
  enum News {
    NONE,
    /** A change is certain now. */
    FOUND,
    /** How large it is is known better now. */
    MEASURED,
    /** It is over. */
    OVER
  }

  Watch(Watched watched, Pace pace) {
    this.watched = watched;
    this.pace = pace;
    this.distribution = watched.kind() == Watched.Kind.LEVEL;
    this.learned = new Learned(distribution, pace.period(), pace.periods(), pace.least());
  }

  /** Takes the next value, for a rate 1 or 0. */
  News add(double value, Instant at) {
    learned.add(value, at);
    Yardstick measure = yardstick();
    if (measure == null) {
      return News.NONE;
    }
    recent.add(value, at, distribution);
    OpenChange change = open;
    if (change != null) {
      learned.disturb();
      return goOn(change, measure, value, at);
    }
    Finding found = look(measure, value, at);
    if (found == null) {
      return News.NONE;
    }
    found(found);
    return News.FOUND;
  }

  /** Takes it as found; until it is over nothing else is looked for. */
  void found(Finding what) {
    open = new OpenChange(what);
    learned.disturb();
    up.rest();
    down.rest();
  }

  /** Null while all is well. */
  @Nullable Finding finding() {
    return open == null ? null : open.finding();
  }

  /** What the latest day looks like beside the reference; null while that cannot be said. */
  @Nullable Comparison compare(Instant now) {
    Yardstick measure = yardstick();
    RecentDay.Values latest = measure == null || open != null ? null : recent.values(now);
    return measure == null || latest == null ? null : measure.compare(latest);
  }

  /** That of the latest reference; null before the first. */
  private @Nullable Yardstick yardstick() {
    Reference latest = learned.reference();
    if (latest != null && latest != reference) {
      reference = latest;
      yardstick = Yardstick.of(watched, pace, latest);
    }
    return yardstick;
  }

  private @Nullable Finding look(Yardstick measure, double value, Instant at) {
    double limit = measure.limit(at);
    double height = up.add(measure.rise(value, at), value, at);
    double depth = down.add(measure.fall(value, at), value, at);
    if (Math.max(height, depth) < limit) {
      return null;
    }
    Climb climb = height >= limit ? up : down;
    Instant began = climb.began();
    double before = measure.expected(at);
    return new Finding(
        Finding.Change.SUDDEN,
        began == null ? at : began,
        at,
        climb.count(),
        before,
        climb.mean(),
        measure.effect(before, climb.mean()),
        climb.height(),
        limit,
        measure.referenceCount());
  }

  private News goOn(OpenChange change, Yardstick measure, double value, Instant at) {
    return switch (change.add(value, measure.expected(at), measure)) {
      case OPEN -> News.NONE;
      case MEASURED -> News.MEASURED;
      case OVER -> {
        open = null;
        recent.clear();
        yield News.OVER;
      }
    };
  }
}
