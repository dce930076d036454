// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.judge;

import halfsecond.monitor.statistics.LikelihoodRatio;
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
  /** Values further away count as this far: one broken clip is no change. In deviations. */
  private static final double FURTHEST = 4;

  /** Days that differ so much are ordinary, in standard deviations of their means. */
  static final double ORDINARY = 3;

  /** The block that says whether it is over. */
  private static final int LEVEL_BLOCK = 300;

  private static final int RATE_BLOCK = 1_000;
  private static final int BLOCKS = 2;

  /** Of the change that was found: what is less is none. */
  private static final double CALM = 0.35;

  /** A rate is never so small that its events are no surprise at all. */
  private static final double LEAST_RATE = 1e-4;

  /** However large the change that is looked for: a few events prove nothing. */
  private static final double LEAST_RUN = 5;

  /** No change of a rate smaller than this is worth an alarm. */
  static final double LEAST_DIFFERENCE = 0.005;

  private final Watched watched;
  private final Pace pace;
  private final Learned learned;
  private final RecentDay recent = new RecentDay();
  private final Climb up = new Climb();
  private final Climb down = new Climb();
  private @Nullable Finding finding;

  private int blockCount;
  private double blockSum;
  private double blockExpected;
  private int calm;
  private long changedCount;
  private double changedSum;
  private double changedExpected;

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
    this.learned =
        new Learned(
            watched.kind() == Watched.Kind.LEVEL, pace.period(), pace.periods(), pace.least());
  }

  /** Takes the next value, for a rate 1 or 0. */
  News add(double value, Instant at) {
    learned.add(value, at);
    Reference reference = learned.reference();
    if (reference == null) {
      return News.NONE;
    }
    recent.add(value, at, watched.kind() == Watched.Kind.LEVEL);
    if (finding != null) {
      learned.disturb();
      return goOn(value, reference, at, finding);
    }
    Finding found =
        watched.kind() == Watched.Kind.LEVEL
            ? level(value, at, reference)
            : rate(value, at, reference);
    if (found == null) {
      return News.NONE;
    }
    found(found);
    return News.FOUND;
  }

  /** Takes it as found; until it is over nothing else is looked for. */
  void found(Finding what) {
    finding = what;
    learned.disturb();
    up.rest();
    down.rest();
    blockCount = 0;
    blockSum = 0;
    blockExpected = 0;
    calm = 0;
    changedCount = 0;
    changedSum = 0;
    changedExpected = 0;
  }

  /** Null while all is well. */
  @Nullable Finding finding() {
    return finding;
  }

  /** What the latest day looks like beside the reference; null while that cannot be said. */
  @Nullable Comparison compare(Instant now) {
    Reference reference = learned.reference();
    return reference == null || finding != null ? null : recent.compare(watched, reference, now);
  }

  private @Nullable Finding level(double value, Instant at, Reference reference) {
    double deviation = Math.max(watched.grain(), reference.deviation());
    double z = (value - reference.expected(at)) / deviation;
    z = Math.max(-FURTHEST, Math.min(FURTHEST, z));
    double allowance = allowance(reference, deviation);
    // exp(2 k h) / (2 k k) values pass between two false alarms (Siegmund 1985, 2.5).
    double run = pace.certainty() + Math.log(2 * allowance * allowance);
    double limit = reference.inflation() * run / (2 * allowance);
    double height = up.add(z - allowance, value, at);
    double depth = down.add(-z - allowance, value, at);
    if (Math.max(height, depth) < limit) {
      return null;
    }
    Climb climb = height >= limit ? up : down;
    double before = reference.expected(at);
    return finding(
        at, climb, before, (climb.mean() - before) / deviation, limit, reference.count());
  }

  /** In standard deviations: what is notable, or what is ordinary if that is more. */
  private double allowance(Reference reference, double deviation) {
    double ordinary = ORDINARY * reference.dayDeviation() / deviation;
    double unsure = 2 * Math.sqrt(reference.inflation() / reference.count());
    return Math.max(watched.notable(), ordinary) + unsure;
  }

  private @Nullable Finding rate(double value, Instant at, Reference reference) {
    double base = Math.max(LEAST_RATE, reference.expected(at));
    double ordinary = ORDINARY * reference.dayDeviation();
    double more = Math.max(Math.max(base * watched.notable(), ordinary), LEAST_DIFFERENCE) + base;
    double less = Math.max(base / 2, base * base / more);
    // The same in likelihood ratios, where 2 k is the difference in standard deviations.
    double shift = (more - base) / Math.sqrt(base * (1 - base));
    double run = pace.certainty() + Math.log(shift * shift / 2);
    double limit = reference.inflation() * Math.max(LEAST_RUN, run);
    boolean event = value > 0;
    double height = up.add(LikelihoodRatio.log(event, base, Math.min(0.9, more)), value, at);
    double depth = down.add(LikelihoodRatio.log(event, base, less), value, at);
    if (Math.max(height, depth) < limit) {
      return null;
    }
    Climb climb = height >= limit ? up : down;
    return finding(at, climb, base, climb.mean() - base, limit, reference.count());
  }

  private static Finding finding(
      Instant at, Climb climb, double before, double effect, double limit, long references) {
    Instant began = climb.began();
    return new Finding(
        Finding.Change.SUDDEN,
        began == null ? at : began,
        at,
        climb.count(),
        before,
        climb.mean(),
        effect,
        climb.height(),
        limit,
        references);
  }

  /**
   * It is over when two blocks in a row are much nearer to what they should be than to what was
   * found. Until then each block tells better how large the change is: what was known when it was
   * found is too much, because it was found when it looked largest.
   */
  private News goOn(double value, Reference reference, Instant at, Finding what) {
    blockSum += value;
    blockExpected += reference.expected(at);
    int block = watched.kind() == Watched.Kind.LEVEL ? LEVEL_BLOCK : RATE_BLOCK;
    if (++blockCount < block) {
      return News.NONE;
    }
    double off = (blockSum - blockExpected) / blockCount;
    boolean back = Math.abs(off) < CALM * Math.abs(what.after() - what.before());
    calm = back ? calm + 1 : 0;
    if (!back) {
      changedCount += blockCount;
      changedSum += blockSum;
      changedExpected += blockExpected;
      finding = measured(what, reference);
    }
    blockCount = 0;
    blockSum = 0;
    blockExpected = 0;
    if (calm < BLOCKS) {
      return back ? News.NONE : News.MEASURED;
    }
    finding = null;
    recent.clear();
    return News.OVER;
  }

  private Finding measured(Finding what, Reference reference) {
    double before = changedExpected / changedCount;
    double after = changedSum / changedCount;
    double unit =
        watched.kind() == Watched.Kind.LEVEL ? Math.max(watched.grain(), reference.deviation()) : 1;
    return new Finding(
        what.change(),
        what.began(),
        what.found(),
        what.count(),
        before,
        after,
        (after - before) / unit,
        what.statistic(),
        what.limit(),
        what.referenceCount());
  }
}
