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
 */
public record Finished(
    RunResult result, Standing standing, List<Integer> backlog, List<Outcome> outcomes) {
  public Finished {
    backlog = List.copyOf(backlog);
    outcomes = List.copyOf(outcomes);
  }
}
