// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.result;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One target.
 *
 * @param maxQps the largest rate that holds the bound; null where it was not searched or none holds
 * @param percentiles of the final latency of the deciding run; null when the run was not valid,
 *     because the generator fell behind
 * @param valid whether the deciding run counts
 * @param problems why not, one sentence each
 * @param runs in the order in which they were made; the search's probes, then the deciding run,
 *     last
 */
public record TargetResult(
    String target,
    Map<String, String> facts,
    @Nullable Double maxQps,
    @Nullable Percentiles percentiles,
    boolean valid,
    List<String> problems,
    List<RunResult> runs) {
  public TargetResult {
    problems = List.copyOf(problems);
    runs = List.copyOf(runs);
  }
}
