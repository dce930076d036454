// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.statistics;

import java.time.Duration;
import java.util.List;

/**
 * How fast an error budget is spent: 1 spends it exactly over the objective's period. Judged over
 * two windows at once, a long one that shows that it matters and a short one that shows that it
 * still goes on (Beyer et al., The Site Reliability Workbook, chapter 5).
 */
public final class BurnRate {
  /** Over which an error budget is given. */
  public static final Duration PERIOD = Duration.ofDays(30);

  /** Pages for what spends 2 % in an hour or 5 % in six, tickets for 10 % in a day or in three. */
  public static final List<Rule> RULES =
      List.of(
          new Rule(true, Duration.ofHours(1), Duration.ofMinutes(5), 0.02),
          new Rule(true, Duration.ofHours(6), Duration.ofMinutes(30), 0.05),
          new Rule(false, Duration.ofHours(24), Duration.ofHours(2), 0.1),
          new Rule(false, Duration.ofHours(72), Duration.ofHours(6), 0.1));

  private BurnRate() {}

  /**
   * Share of bad events over the share that the objective allows.
   *
   * @param bad among all
   * @param objective share that is to be good, e.g. 0.999; below 1
   */
  public static double of(Proportion bad, double objective) {
    return bad.rate() / (1 - objective);
  }

  /**
   * Two windows and what may be spent of the budget in the long one.
   *
   * @param page whether it is worth waking somebody
   * @param spent share of the period's budget
   */
  public record Rule(boolean page, Duration longWindow, Duration shortWindow, double spent) {
    public Rule {
      if (shortWindow.compareTo(longWindow) >= 0 || shortWindow.toMinutes() < 1) {
        throw new IllegalArgumentException("the short window must be a minute to below the long");
      }
      if (!(spent > 0 && spent <= 1)) {
        throw new IllegalArgumentException("a rule must allow something to be spent");
      }
    }

    /** The burn rate above which it fires: spent x period / long window. */
    public double factor() {
      return spent * PERIOD.toSeconds() / longWindow.toSeconds();
    }
  }
}
