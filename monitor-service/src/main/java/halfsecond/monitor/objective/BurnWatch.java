// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.objective;

import halfsecond.monitor.objective.ObjectiveChange.Burn;
import halfsecond.monitor.statistics.BurnRate;
import halfsecond.monitor.statistics.BurnRate.Rule;
import halfsecond.monitor.statistics.Proportion;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Watches how fast the error budget of one objective is spent, minute by minute, by all of {@link
 * BurnRate#RULES}. Windows end with the minute that is judged. 70 KB. Not safe for use by several
 * threads.
 */
final class BurnWatch {
  private static final List<Duration> WINDOWS =
      BurnRate.RULES.stream()
          .flatMap(rule -> Stream.of(rule.longWindow(), rule.shortWindow()))
          .distinct()
          .toList();
  private static final int BAD = 0;
  private static final int ALL = 1;

  /** Of a rule's factor: a level that is reached is kept down to there. */
  private static final double KEPT = 0.8;

  /** Binary fractions are not decimal ones. */
  private static final double ROUNDING = 1e-9;

  private final double objective;
  private final long leastBad;
  private final MinuteSums sums = new MinuteSums(2, WINDOWS);
  private final Steadiness state;

  /** The first minute there is anything of, and the one that was judged last. */
  private long first = Long.MAX_VALUE;

  private long judged = Long.MIN_VALUE;

  /** By rule: the minute since which its short window has burnt too fast. */
  private final long[] burningSince = new long[BurnRate.RULES.size()];

  /**
   * @param share of the events that is to be good
   * @param leastBad bad events in the long window before anything is said
   */
  BurnWatch(Objective objective, double share, long leastBad) {
    this.objective = share;
    this.leastBad = leastBad;
    this.state = new Steadiness(objective);
    Arrays.fill(burningSince, Long.MAX_VALUE);
  }

  void add(long minute, boolean bad) {
    first = Math.min(first, minute);
    sums.add(minute, ALL, 1);
    if (bad) {
      sums.add(minute, BAD, 1);
    }
  }

  /** Judges after {@code minute}, with which all windows end. */
  Optional<ObjectiveChange> end(long minute) {
    sums.advance(minute);
    first = Math.min(first, minute);
    judged = minute;
    List<Burn> burns = burns();
    for (int i = 0; i < burns.size(); i++) {
      boolean burning = tooFast(burns.get(i).shortRate(), burns.get(i).rule().factor());
      burningSince[i] = burning ? Math.min(burningSince[i], minute) : Long.MAX_VALUE;
    }
    Level found =
        burns.stream()
            .filter(this::fires)
            .map(BurnWatch::level)
            .max(Comparator.naturalOrder())
            .orElse(Level.MET);
    Burn reason =
        burns.stream()
            .filter(burn -> found == Level.MET || (level(burn) == found && fires(burn)))
            .max(Comparator.comparingDouble(Burn::severity))
            .orElseThrow();
    Instant began = begin(Math.min(burningSince[burns.indexOf(reason)], minute));
    return state.take(new Steadiness.Verdict(found, began, reason), begin(minute + 1));
  }

  /** What the rules see now, in their order. */
  List<Burn> burns() {
    return BurnRate.RULES.stream().map(this::burn).toList();
  }

  Level level() {
    return state.level();
  }

  private Burn burn(Rule rule) {
    double known = judged < first ? 1 : judged - first + 1;
    return new Burn(
        rule,
        objective,
        in(rule.longWindow()),
        in(rule.shortWindow()),
        Math.min(1, known / rule.longWindow().toMinutes()));
  }

  private Proportion in(Duration window) {
    int place = WINDOWS.indexOf(window);
    return new Proportion(Math.round(sums.sum(BAD, place)), Math.round(sums.sum(ALL, place)));
  }

  private boolean fires(Burn burn) {
    double part = level(burn).compareTo(state.level()) <= 0 ? KEPT : 1;
    return burn.inLong().events() >= leastBad && tooFast(burn.severity(), part);
  }

  private static boolean tooFast(double value, double limit) {
    return value >= limit * (1 - ROUNDING);
  }

  private static Level level(Burn burn) {
    return burn.rule().page() ? Level.PAGE : Level.TICKET;
  }

  private static Instant begin(long minute) {
    return Instant.ofEpochSecond(minute * 60);
  }
}
