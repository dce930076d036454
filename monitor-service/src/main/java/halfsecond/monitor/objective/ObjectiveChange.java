// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.objective;

import halfsecond.monitor.statistics.BurnRate;
import halfsecond.monitor.statistics.Proportion;
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
   */
  public record Burn(
      BurnRate.Rule rule, double objective, Proportion inLong, Proportion inShort, double covered)
      implements Evidence {
    /** Over the long window; 1 spends the budget of 30 days in 30 days. */
    public double longRate() {
      return BurnRate.of(inLong, objective);
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
   */
  public record Rate(double perSecond, double limitPerSecond, long utterances)
      implements Evidence {}
}
