// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.measure;

import halfsecond.loadtest.result.Percentiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Whether a run may be believed. Latency counts from the intended instants, so a generator that
 * falls behind makes the server look worse, and one that falls far behind no longer offers the load
 * that it claims to. A hundredth of all messages may be late by 10 ms (half a message), and a
 * thousandth by more than 250 ms (half of the budget). A single pause of the generator passes: what
 * it delayed counts from the intended instants, so it can only make the result worse, and with one
 * in a thousand the load was still the one that was drawn. Starvation does not.
 */
final class Validity {
  static final double P99_MILLIS = 10;
  static final double P999_MILLIS = 250;

  private Validity() {}

  /**
   * One sentence for each reason not to believe it; none for a valid run.
   *
   * @param leftOpen queries that were started and never ended
   */
  static List<String> problems(Percentiles lateness, long leftOpen, long queries) {
    List<String> problems = new ArrayList<>();
    if (queries == 0) {
      problems.add("No query was due in the time: make the run longer.");
    }
    if (lateness.p99() > P99_MILLIS) {
      problems.add(
          String.format(
              Locale.ROOT,
              "The generator fell behind: one message in a hundred left %.1f ms late or more (limit"
                  + " %.0f ms).",
              lateness.p99(),
              P99_MILLIS));
    }
    if (lateness.p999() > P999_MILLIS) {
      problems.add(
          String.format(
              Locale.ROOT,
              "The generator stood still: one message in a thousand left %.0f ms late or more"
                  + " (limit %.0f ms).",
              lateness.p999(),
              P999_MILLIS));
    }
    if (leftOpen > 0) {
      problems.add("The run left " + leftOpen + " queries open.");
    }
    return problems;
  }
}
