// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.objective;

import halfsecond.common.error.Reason;
import halfsecond.monitor.catalogue.BudgetShares;
import halfsecond.monitor.record.LatencyInstants;
import halfsecond.monitor.record.Stage;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Says in which stage an utterance was lost. */
final class Blame {
  private static final List<Stage> STAGES =
      List.of(Stage.VAD, Stage.ROUTE, Stage.ASR, Stage.DELIVER);

  /** Refusals that are not the client's doing, and who gave up. */
  private static final Map<Reason, Stage> FAILURES =
      new EnumMap<>(
          Map.of(
              Reason.SATURATED, Stage.ROUTE,
              Reason.DRAINING, Stage.ROUTE,
              Reason.INTERNAL, Stage.ROUTE,
              Reason.REPLAY_EXHAUSTED, Stage.ASR,
              Reason.BACKEND_UNAVAILABLE, Stage.ASR,
              Reason.DEADLINE_EXCEEDED, Stage.ASR));

  private final BudgetShares shares;

  Blame(BudgetShares shares) {
    this.shares = shares;
  }

  /** Of an answer that came too late: the stage that took most beyond its share of the budget. */
  Stage late(LatencyInstants instants, Duration budget) {
    return STAGES.stream()
        .max(Comparator.comparingDouble(stage -> beyondShare(stage, instants, budget)))
        .orElseThrow();
  }

  /** Of a refusal; empty if it is the client's own doing. */
  Optional<Stage> refused(Reason reason) {
    return Optional.ofNullable(FAILURES.get(reason));
  }

  private double beyondShare(Stage stage, LatencyInstants instants, Duration budget) {
    return instants.of(stage).toNanos() - shares.of(stage) * budget.toNanos();
  }
}
