// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.statistics;

import java.util.List;

/**
 * Kitagawa's split of a change of a rate over strata: what came from more cases falling into other
 * strata, and what from the rates within them.
 *
 * @param before overall rate
 * @param after overall rate
 * @param mix what the shares of the strata explain
 * @param within what the rates inside of them explain; both add up to {@code after - before}
 * @param strata what it was made of, in the order given
 */
public record RateSplit(
    double before, double after, double mix, double within, List<Stratum> strata) {
  public RateSplit {
    strata = List.copyOf(strata);
  }

  /** Events among trials of one stratum, before and after. */
  public record Stratum(Proportion before, Proportion after) {}

  /**
   * Splits the change. A stratum without trials on one side takes the rate of the other side: it
   * has only come or gone.
   *
   * @throws IllegalArgumentException if there are no trials before or after
   */
  public static RateSplit of(List<Stratum> strata) {
    Proportion before =
        strata.stream().map(Stratum::before).reduce(new Proportion(0, 0), Proportion::plus);
    Proportion after =
        strata.stream().map(Stratum::after).reduce(new Proportion(0, 0), Proportion::plus);
    if (before.trials() == 0 || after.trials() == 0) {
      throw new IllegalArgumentException("both sides need trials");
    }
    double mix = 0;
    double within = 0;
    for (Stratum stratum : strata) {
      double shareBefore = (double) stratum.before().trials() / before.trials();
      double shareAfter = (double) stratum.after().trials() / after.trials();
      double was = (stratum.before().trials() == 0 ? stratum.after() : stratum.before()).rate();
      double is = (stratum.after().trials() == 0 ? stratum.before() : stratum.after()).rate();
      mix += (shareAfter - shareBefore) * (was + is) / 2;
      within += (shareBefore + shareAfter) / 2 * (is - was);
    }
    return new RateSplit(before.rate(), after.rate(), mix, within, strata);
  }
}
