// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.objective;

import halfsecond.monitor.objective.ObjectiveChange.Burn;
import halfsecond.monitor.record.Stage;
import halfsecond.monitor.statistics.BurnRate.Rule;
import halfsecond.monitor.statistics.Proportion;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Watches how fast the error budget of one objective is spent, minute by minute, by several rules.
 * Windows end with the minute that is judged. 180 KB with the usual rules. Not safe for use by
 * several threads.
 */
final class BurnWatch {
  /** Where a bad event can have become bad; columns of the sums, in this order. */
  private static final List<Stage> BLAMED =
      List.of(Stage.VAD, Stage.ROUTE, Stage.ASR, Stage.DELIVER);

  private static final int ALL = 4;
  private static final int COLUMNS = 5;

  /** Of a rule's factor: a level that is reached is kept down to there. */
  private static final double KEPT = 0.8;

  /** Of what a rule lets be spent: with so much of it gone, and more to come, it may soon fire. */
  private static final double SUSPICIOUS = 0.5;

  /** Binary fractions are not decimal ones. */
  private static final double ROUNDING = 1e-9;

  private final double objective;
  private final List<Rule> rules;
  private final long leastBad;
  private final List<Duration> windows;
  private final RecentSums sums;
  private final BudgetLeft budget;
  private final Steadiness state;

  /** The first minute there is anything of, and the one that was judged last. */
  private long first = Long.MAX_VALUE;

  private long judged = Long.MIN_VALUE;

  /** By rule: the minute since which its short window has burnt too fast. */
  private final long[] burningSince;

  /** The latest minute in which something fired. */
  private long fired = Long.MIN_VALUE;

  /**
   * @param share of the events that is to be good
   */
  BurnWatch(Objective objective, double share, ObjectiveSettings settings) {
    this.objective = share;
    this.rules = settings.rules();
    this.leastBad = settings.leastBad();
    this.windows =
        rules.stream()
            .flatMap(rule -> Stream.of(rule.longWindow(), rule.shortWindow()))
            .distinct()
            .toList();
    this.sums =
        new RecentSums(
            COLUMNS, windows.stream().mapToInt(window -> (int) window.toMinutes()).toArray());
    this.budget = new BudgetLeft(share);
    this.state = new Steadiness(objective);
    this.burningSince = new long[rules.size()];
    Arrays.fill(burningSince, Long.MAX_VALUE);
  }

  /**
   * @param blamed the stage in which it became bad; null for a good one
   */
  void add(long minute, @Nullable Stage blamed) {
    first = Math.min(first, minute);
    sums.add(minute, ALL, 1);
    budget.add(minute, blamed != null);
    if (blamed != null) {
      sums.add(minute, BLAMED.indexOf(blamed), 1);
    }
  }

  /** Judges after {@code minute}, with which all windows end. */
  Optional<ObjectiveChange> end(long minute) {
    sums.advance(minute);
    budget.advance(minute);
    first = Math.min(first, minute);
    judged = minute;
    List<Burn> burns = burns();
    for (int i = 0; i < burns.size(); i++) {
      boolean burning = tooFast(burns.get(i).shortRate(), burns.get(i).rule().factor());
      burningSince[i] = burning ? Math.min(burningSince[i], minute) : Long.MAX_VALUE;
    }
    Level found =
        burns.stream().map(this::levelNow).max(Comparator.naturalOrder()).orElse(Level.MET);
    Burn reason =
        burns.stream()
            .filter(burn -> levelNow(burn) == found)
            .max(Comparator.comparingDouble(Burn::severity))
            .orElseThrow();
    Instant began = begin(Math.min(burningSince[burns.indexOf(reason)], minute));
    Optional<ObjectiveChange> change =
        state.take(new Steadiness.Verdict(found, began, reason), begin(minute + 1));
    fired = state.level().compareTo(Level.SUSPECTED) > 0 ? minute : fired;
    return change;
  }

  /** What the rules see now, in their order. */
  List<Burn> burns() {
    return rules.stream().map(this::burn).toList();
  }

  Level level() {
    return state.level();
  }

  ObjectiveChange.@Nullable Evidence evidence() {
    return state.evidence();
  }

  private Burn burn(Rule rule) {
    double known = judged < first ? 1 : judged - first + 1;
    int inLong = windows.indexOf(rule.longWindow());
    return new Burn(
        rule,
        objective,
        in(inLong),
        in(windows.indexOf(rule.shortWindow())),
        Math.min(1, known / rule.longWindow().toMinutes()),
        blame(inLong),
        budget.left());
  }

  private Proportion in(int window) {
    long bad = 0;
    for (int stage = 0; stage < BLAMED.size(); stage++) {
      bad += sums.count(stage, window);
    }
    return new Proportion(bad, sums.count(ALL, window));
  }

  /** The stage that most of the bad ones go back to. */
  private Burn.Blame blame(int window) {
    int most = 0;
    for (int stage = 1; stage < BLAMED.size(); stage++) {
      most = sums.count(stage, window) > sums.count(most, window) ? stage : most;
    }
    return new Burn.Blame(BLAMED.get(most), sums.count(most, window));
  }

  private Level levelNow(Burn burn) {
    if (burn.inLong().events() < leastBad) {
      return Level.MET;
    }
    Level full = burn.rule().page() ? Level.PAGE : Level.TICKET;
    if (tooFast(burn.severity(), full.compareTo(state.level()) <= 0 ? KEPT : 1)) {
      return full;
    }
    return suspicious(burn) ? Level.SUSPECTED : Level.MET;
  }

  /** Of what is new: what is left in the windows of what has fired is no suspicion. */
  private boolean suspicious(Burn burn) {
    if (state.level().compareTo(Level.SUSPECTED) > 0
        || burningSince[rules.indexOf(burn.rule())] <= fired) {
      return false;
    }
    double factor = burn.rule().factor() * (state.level() == Level.SUSPECTED ? KEPT : 1);
    return tooFast(burn.shortRate(), factor)
        && tooFast(burn.longRate() * burn.covered(), SUSPICIOUS * factor);
  }

  private static boolean tooFast(double value, double limit) {
    return value >= limit * (1 - ROUNDING);
  }

  private static Instant begin(long minute) {
    return Instant.ofEpochSecond(minute * 60);
  }
}
