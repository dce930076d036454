// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.search;

import halfsecond.loadtest.result.RunResult;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What a search found.
 *
 * @param maxQps the rate of the deciding run that held; empty when none did
 * @param runs all of them, the deciding one last
 * @param problems sentences about what was not reached; none after a good search
 */
public record Found(OptionalDouble maxQps, List<RunResult> runs, List<String> problems) {
  public Found {
    runs = List.copyOf(runs);
    problems = List.copyOf(problems);
  }
}
