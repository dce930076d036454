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
 * @param overload what became of it above capacity, in the order of the "overload" runs; empty
 *     where nobody asked
 */
public record TargetResult(
    String target,
    Map<String, String> facts,
    @Nullable Double maxQps,
    @Nullable Percentiles percentiles,
    boolean valid,
    List<String> problems,
    List<RunResult> runs,
    List<OverloadStep> overload) {
  public TargetResult {
    problems = List.copyOf(problems);
    runs = List.copyOf(runs);
    overload = List.copyOf(overload);
  }

  /**
   * One offered load above capacity beside the same server at capacity.
   *
   * @param factor offered by capacity
   * @param goodputRatio finals within the bound a second, by those at capacity
   * @param p99Ratio final latency of what was admitted, by that at capacity; null without answers
   * @param refusalP99 milliseconds from the intended start to a refusal at the opening; null
   *     without refusals
   * @param recoverySeconds from the end of the overload until queries at half of capacity were
   *     answered within the bound again and stayed so; null when that did not happen
   */
  public record OverloadStep(
      double factor,
      double goodputRatio,
      @Nullable Double p99Ratio,
      @Nullable Double refusalP99,
      @Nullable Double recoverySeconds) {}
}
