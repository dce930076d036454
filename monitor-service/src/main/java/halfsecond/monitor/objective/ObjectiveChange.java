// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.objective;

import halfsecond.monitor.record.Stage;
import halfsecond.monitor.statistics.BurnRate;
import halfsecond.monitor.statistics.Proportion;
import java.time.Duration;
import java.time.Instant;

/**
 * An objective is missed, or missed worse or less badly than before, or met again.
 *
 * @param before the level until now
 * @param level from now on; never {@code before}
 * @param began the minute with which the rule's short window, or the rate, went beyond its limit:
 *     soon after it began
 * @param at the end of the minute that decided, on the clock of the events
 * @param evidence what it rests on; of a return the rule or the rates that had been the reason
 */
public record ObjectiveChange(
    Objective objective, Level before, Level level, Instant began, Instant at, Evidence evidence) {

  /** The numbers. */
  public sealed interface Evidence {}

  /**
   * An error budget and how fast it is spent.
   *
   * @param rule the one that burns most above its limit
   * @param objective share of the events that is to be good
   * @param inLong bad events among all of the long window
   * @param inShort the same of the short one
   * @param covered part of the long window for which the watch has run, above 0 to 1: what was
   *     before is taken to have been good, or the first bad minutes would look like three bad days
   * @param blame where most of the bad ones of the long window became bad
   * @param left share of the budget of the latest 30 days that is left, as far as they are known;
   *     below 0 when it is overdrawn
   */
  public record Burn(
      BurnRate.Rule rule,
      double objective,
      Proportion inLong,
      Proportion inShort,
      double covered,
      Blame blame,
      double left)
      implements Evidence {
    /** So many of the bad ones became bad in this stage; more than in any other. */
    public record Blame(Stage stage, long bad) {}

    /** Over the long window; 1 spends the budget of 30 days in 30 days. */
    public double longRate() {
      return BurnRate.of(inLong, objective);
    }

    /** The stage that more than half of the bad ones go back to; else the pipeline. */
    public Stage stage() {
      return 2 * blame.bad() > inLong.events() ? blame.stage() : Stage.PIPELINE;
    }

    /** Over the short window. */
    public double shortRate() {
      return BurnRate.of(inShort, objective);
    }

    /** The lower of both rates over the rule's factor: 1 and above is too fast. */
    double severity() {
      return Math.min(longRate() * covered, shortRate()) / rule.factor();
    }
  }

  /**
   * A rate and its limit, in utterances a second.
   *
   * @param perSecond what is asked for, or of {@link Objective#CAPACITY} what can be carried
   * @param limitPerSecond what was planned, or of {@link Objective#CAPACITY} what is needed
   * @param utterances that it was measured over
   * @param window in which these were
   */
  public record Rate(double perSecond, double limitPerSecond, long utterances, Duration window)
      implements Evidence {}
}
