// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.measure;

import halfsecond.loadtest.drive.Outcome;
import halfsecond.loadtest.result.RunResult;
import java.util.List;

/**
 * A run that is over.
 *
 * @param result its numbers; without verdict
 * @param standing at its end
 * @param backlog queries past the end of their speech and not over, once a second
 * @param late of each query in the order of the outcomes' starts, whether it was not answered
 *     within the bound
 */
public record Finished(
    RunResult result,
    Standing standing,
    List<Integer> backlog,
    List<Boolean> late,
    List<Outcome> outcomes) {
  public Finished {
    backlog = List.copyOf(backlog);
    late = List.copyOf(late);
    outcomes = List.copyOf(outcomes);
  }
}
