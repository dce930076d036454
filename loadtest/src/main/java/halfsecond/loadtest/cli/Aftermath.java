// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.cli;

import halfsecond.loadtest.drive.Outcome;
import halfsecond.loadtest.measure.Finished;
import halfsecond.loadtest.result.LatencyNames;
import halfsecond.loadtest.result.Percentiles;
import halfsecond.loadtest.result.RunResult;
import halfsecond.loadtest.result.TargetResult.OverloadStep;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Compares a server above its capacity, and just after, with the same server at its capacity. */
final class Aftermath {
  /** Normal is not normal for less than this part of the time that is looked at. */
  private static final double SETTLED_SHARE = 0.25;

  private final RunResult normal;
  private final long boundNanos;

  Aftermath(RunResult normal, Duration bound) {
    this.normal = normal;
    this.boundNanos = bound.toNanos();
  }

  /**
   * @param run the overload and what came after it
   * @param overload how long it lasted
   * @param afterwards how long the load after it did
   */
  OverloadStep step(double factor, Finished run, Duration overload, Duration afterwards) {
    Percentiles before = normal.latencies().get(LatencyNames.FINAL);
    Percentiles during = run.result().latencies().get(LatencyNames.FINAL);
    Percentiles refusals = run.result().latencies().get(LatencyNames.REFUSAL_AT_OPEN);
    return new OverloadStep(
        factor,
        normal.goodputQps() > 0 ? run.result().goodputQps() / normal.goodputQps() : 0,
        ratio(during, before),
        refusals == null ? null : (Double) refusals.p99(),
        recovery(run.outcomes(), overload.toNanos(), afterwards.toNanos()));
  }

  private static @Nullable Double ratio(@Nullable Percentiles one, @Nullable Percentiles other) {
    if (one == null || other == null || one.count() == 0 || !(other.p99() > 0)) {
      return null;
    }
    return one.p99() / other.p99();
  }

  /** The start of the first query after the last one that was not answered within the bound. */
  private @Nullable Double recovery(List<Outcome> outcomes, long endNanos, long lookNanos) {
    List<Outcome> after =
        outcomes.stream()
            .filter(outcome -> outcome.startNanos() >= endNanos)
            .sorted(Comparator.comparingLong(Outcome::startNanos))
            .toList();
    int next = 0;
    for (int i = 0; i < after.size(); i++) {
      if (after.get(i).latencyNanos().map(latency -> latency > boundNanos).orElse(true)) {
        next = i + 1;
      }
    }
    if (next == 0 && !after.isEmpty()) {
      return 0.0;
    }
    if (next >= after.size()) {
      return null;
    }
    long back = after.get(next).startNanos() - endNanos;
    return back > (1 - SETTLED_SHARE) * lookNanos ? null : (Double) (back / 1e9);
  }
}
