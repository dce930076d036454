// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.html;

import halfsecond.loadtest.result.LatencyNames;
import halfsecond.loadtest.result.Percentiles;
import halfsecond.loadtest.result.RunResult;
import halfsecond.loadtest.result.TargetResult;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A target with what the report says about it.
 *
 * @param index of its colour
 */
record Picked(TargetResult result, int index) {
  private static final int COLOURS = 6;

  String name() {
    return result.target();
  }

  /** The style of its series. */
  String style() {
    return "s" + index % COLOURS;
  }

  /** The run that decided; without a search the last steady run. */
  Optional<RunResult> deciding() {
    return lastOf("deciding").or(() -> lastOf("run")).or(() -> lastOf("soak"));
  }

  private Optional<RunResult> lastOf(String kind) {
    return result.runs().stream().filter(run -> run.kind().equals(kind)).reduce((a, b) -> b);
  }

  /** Final latency of the deciding run, if it may be told. */
  Optional<Percentiles> finals() {
    return Optional.ofNullable(result.percentiles())
        .or(() -> deciding().flatMap(Picked::finals))
        .filter(percentiles -> percentiles.count() > 0);
  }

  /** Final latency of a run, if it may be told. */
  static Optional<Percentiles> finals(RunResult run) {
    return latency(run, LatencyNames.FINAL);
  }

  /** One of a run's latencies, if it was measured and may be told. */
  static Optional<Percentiles> latency(RunResult run, String name) {
    return Optional.ofNullable(run.latencies().get(name)).filter(found -> found.count() > 0);
  }

  /** Runs at one rate within what the target may carry, by rate: no overload, no ramps. */
  List<RunResult> steady() {
    return result.runs().stream()
        .filter(run -> !run.kind().equals("overload") && !run.kind().equals("ramp"))
        .sorted(Comparator.comparingDouble(RunResult::offeredQps))
        .toList();
  }

  List<RunResult> overload() {
    return result.runs().stream()
        .filter(run -> run.kind().equals("overload"))
        .sorted(Comparator.comparingDouble(RunResult::offeredQps))
        .toList();
  }
}
