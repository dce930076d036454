// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.search;

import halfsecond.loadtest.measure.Standing;
import halfsecond.loadtest.measure.StopRule;
import halfsecond.loadtest.measure.StopRule.Decision;
import java.util.List;

/**
 * Passes and fails runs. A query that was refused, failed or never answered counts as late. Probes
 * only guide the search: they may end early either way, and what nothing is certain of goes by the
 * share of late ones. A deciding run is always made to its end before it passes, since looking
 * again and again until it looks good would spend the confidence; it may fail early, which only
 * ever lowers the result. It passes on what its queries say after {@link Bursts} are accounted for.
 *
 * @param rule percentile and confidence
 */
public record Judge(EarlyStopping rule) {
  /** Before this the first seconds of a run, in which nothing waits yet, would decide. */
  private static final double EARLIEST_SECONDS = 10;

  private static final double BURSTS = 100;

  /** Poisson arrivals are more than the mean by so many standard deviations once in 700 runs. */
  private static final double CHANCE = 3;

  /** For a probe. */
  public StopRule probing() {
    return (standing, backlog) -> {
      if (isHopeless(standing)) {
        return Decision.ABANDON;
      }
      boolean sure =
          standing.seconds() >= EARLIEST_SECONDS
              && rule.holds(standing.settled(), standing.over())
              && !Backlog.grows(backlog.get());
      return sure ? Decision.STOP : Decision.GO_ON;
    };
  }

  /**
   * For the run that decides. Ends it when it cannot pass any more.
   *
   * @param expected queries of the run on average
   */
  public StopRule deciding(double expected) {
    long most = rule.mostLate((long) (expected + CHANCE * Math.sqrt(expected)));
    return (standing, backlog) ->
        standing.over() > Math.max(0, most) || isHopeless(standing)
            ? Decision.ABANDON
            : Decision.GO_ON;
  }

  /**
   * Whether the bound is missed for certain. Runs are looked at again and again, and late answers
   * come in bursts; so a hundredth of the doubt that the rule allows is asked for.
   */
  boolean isHopeless(Standing standing) {
    double doubt = (1 - rule.confidence()) / BURSTS;
    return new EarlyStopping(rule.percentile(), 1 - doubt)
        .isMissed(standing.settled(), standing.over());
  }

  /** What a probe showed. */
  Verdict probe(Standing standing, List<Integer> backlog) {
    if (standing.settled() == 0) {
      return Verdict.UNDECIDED;
    }
    double late = (double) standing.over() / standing.settled();
    return late > rule.lateShare() || Backlog.grows(backlog) ? Verdict.FAIL : Verdict.PASS;
  }

  /**
   * What a deciding run showed.
   *
   * @param late of each query, in the order in which they started
   */
  Verdict decide(Standing standing, List<Integer> backlog, List<Boolean> late) {
    if (rule.holds(standing.settled(), standing.over(), Bursts.factor(late))
        && !Backlog.grows(backlog)) {
      return Verdict.PASS;
    }
    boolean tooShort = standing.settled() < rule.queriesFor(0);
    return tooShort && standing.over() == 0 ? Verdict.UNDECIDED : Verdict.FAIL;
  }
}
