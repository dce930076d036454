// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.judge;

import halfsecond.monitor.threshold.Setting;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Watches one series. Learns what it is like, then waits for a change with a cumulative sum to each
 * side, which sees a sudden one within few utterances, and says when it is over. Not safe for use
 * by several threads.
 *
 * <p>The limits adapt: a series whose days differ, or whose neighbours resemble each other, is
 * given more room. A change that lasts becomes what is expected, as soon as the {@link Pace} says.
 */
final class Watch {
  /** Of the limit: from there on a change is suspected, and below the other no longer. */
  private static final double SUSPICIOUS = 0.8;

  private static final double CALM = 0.4;

  private final Watched watched;
  private final Pace pace;
  private final boolean distribution;
  private final RecentPeriod recent;
  private final Climb up = new Climb();
  private final Climb down = new Climb();
  private Learned learned;
  private @Nullable Reference reference;
  private @Nullable Yardstick yardstick;
  private @Nullable OpenChange open;
  private @Nullable Finding suspicion;
  private @Nullable Learned anew;
  private Criteria criteria;

  /** Since when the latest period differs; null while it does not. */
  private @Nullable Instant differs;

  /** What a value has brought. */
  enum News {
    NONE,
    /** There may be a change. */
    SUSPECTED,
    /** What was suspected was none. */
    CLEARED,
    /** A change is certain now. */
    FOUND,
    /** How large it is is known better now. */
    MEASURED,
    /** It is over. */
    OVER,
    /** It goes on, and is what is expected from now on. */
    NORMAL
  }

  /**
   * @param criteria of which somebody may set some later
   */
  Watch(Watched watched, Criteria criteria) {
    this.watched = watched;
    this.criteria = criteria;
    this.pace = criteria.pace();
    this.distribution = watched.kind() == Watched.Kind.LEVEL;
    this.learned = new Learned(distribution, pace);
    this.recent = new RecentPeriod(pace);
  }

  /** Goes by what somebody set from now on; sums that were begun before begin again. */
  void obey(Setting setting) {
    criteria = criteria.with(setting);
    recent.least(criteria.leastOfLatest());
    Reference known = reference;
    yardstick = known == null ? null : Yardstick.of(watched, criteria, known);
    up.rest();
    down.rest();
  }

  /** What it goes by. */
  Criteria criteria() {
    return criteria;
  }

  /** The smallest change that is called at once; what that begins with before anything is known. */
  double minimumEffect() {
    Yardstick known = yardstick;
    return known == null
        ? criteria.minimumEffect().orElse(Yardstick.beginning(watched))
        : known.notable();
  }

  /** Values that it is judged by; 0 before the first reference. */
  long referenceCount() {
    Reference known = reference;
    return known == null ? 0 : known.count();
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
      return becomesNormal(change, value, at) ? News.NORMAL : goOn(change, measure, value, at);
    }
    return look(measure, value, at);
  }

  /** What there may be; null while nothing is suspected. */
  @Nullable Finding suspicion() {
    return suspicion;
  }

  /**
   * Takes it as suspected, if nothing is known or suspected yet.
   *
   * @return whether it was taken
   */
  boolean suspect(Finding what) {
    if (open != null || suspicion != null) {
      return false;
    }
    suspicion = what;
    return true;
  }

  /**
   * Takes it that there is no such change.
   *
   * @return whether one of that kind was suspected
   */
  boolean clear(Finding.Change change) {
    if (suspicion == null || suspicion.change() != change) {
      return false;
    }
    suspicion = null;
    return true;
  }

  /** Takes it as found; until it is over nothing else is looked for. */
  void found(Finding what) {
    suspicion = null;
    open = new OpenChange(what);
    differs = null;
    anew = new Learned(distribution, pace);
    learned.disturb();
    up.rest();
    down.rest();
  }

  /** Null while all is well. */
  @Nullable Finding finding() {
    return open == null ? null : open.finding();
  }

  /** What the latest period looks like beside the reference; null while that cannot be said. */
  @Nullable Comparison compare(Instant now) {
    Yardstick measure = yardstick();
    RecentPeriod.Values latest = measure == null || open != null ? null : recent.values(now);
    return measure == null || latest == null ? null : measure.compare(latest);
  }

  /** Whether a difference that a look shows has lasted as long as it must. */
  boolean lasts(boolean now, Instant at) {
    Instant since = differs;
    if (!now) {
      differs = null;
      return false;
    }
    if (since == null) {
      since = at.minus(pace.period());
      differs = since;
    }
    return !at.isBefore(since.plus(criteria.hold()));
  }

  /** That of the latest reference; null before the first. */
  private @Nullable Yardstick yardstick() {
    Reference latest = learned.reference();
    if (latest != null && latest != reference) {
      reference = latest;
      yardstick = Yardstick.of(watched, criteria, latest);
    }
    return yardstick;
  }

  private News look(Yardstick measure, double value, Instant at) {
    double rise = measure.riseLimit(at);
    double fall = measure.fallLimit(at);
    double height = up.add(measure.rise(value, at), value, at) / rise;
    double depth = down.add(measure.fall(value, at), value, at) / fall;
    Climb climb = height >= depth ? up : down;
    double limit = height >= depth ? rise : fall;
    double reached = Math.max(height, depth);
    if (reached >= 1 && lastsEnough(climb, at)) {
      found(sudden(measure, climb, limit, at));
      return News.FOUND;
    }
    if (reached >= SUSPICIOUS) {
      return suspect(sudden(measure, climb, limit, at)) ? News.SUSPECTED : News.NONE;
    }
    return reached < CALM && clear(Finding.Change.SUDDEN) ? News.CLEARED : News.NONE;
  }

  /** Until then it is only suspected. */
  private boolean lastsEnough(Climb climb, Instant at) {
    Instant began = climb.began();
    return climb.count() >= criteria.leastOfSudden()
        && (began == null || !at.isBefore(began.plus(criteria.hold())));
  }

  private static Finding sudden(Yardstick measure, Climb climb, double limit, Instant at) {
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
        measure.error(climb.count()),
        climb.height(),
        limit,
        measure.referenceCount());
  }

  /** Takes what has lasted long enough, and is known well enough, for the reference. */
  private boolean becomesNormal(OpenChange change, double value, Instant at) {
    Learned since = Objects.requireNonNull(anew, "begins with each change");
    since.add(value, at);
    if (since.reference() == null || at.isBefore(change.finding().found().plus(pace.newNormal()))) {
      return false;
    }
    learned = since;
    end();
    return true;
  }

  private void end() {
    open = null;
    anew = null;
    recent.clear();
  }

  private News goOn(OpenChange change, Yardstick measure, double value, Instant at) {
    return switch (change.add(value, measure.expected(at), measure, at, criteria.release())) {
      case OPEN -> News.NONE;
      case MEASURED -> News.MEASURED;
      case OVER -> {
        end();
        yield News.OVER;
      }
    };
  }
}
