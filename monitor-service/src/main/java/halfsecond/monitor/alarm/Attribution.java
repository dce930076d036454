// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.alarm;

import halfsecond.monitor.record.Stage;
import java.util.List;

/**
 * A change of the rate of null transcripts, split by what explains it.
 *
 * @param stage that the larger part points at
 * @param mix what other clips than before explain
 * @param rate what other answers to the same clips explain
 * @param strata those that have utterances, in order
 */
public record Attribution(Stage stage, double mix, double rate, List<Stratum> strata) {
  public Attribution {
    strata = List.copyOf(strata);
  }

  /** Clips of about the same length and leading silence: shares of all, and rates among them. */
  public record Stratum(
      String description, double shareBefore, double shareNow, double rateBefore, double rateNow) {}

  /** The whole change. */
  public double total() {
    return mix + rate;
  }
}
