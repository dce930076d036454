// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.measure;

import halfsecond.loadtest.drive.Outcome;
import halfsecond.loadtest.drive.Outcome.Answer;
import halfsecond.loadtest.result.LatencyNames;
import halfsecond.loadtest.result.Percentiles;
import halfsecond.loadtest.result.RunResult.Bar;
import halfsecond.loadtest.result.RunResult.StageShare;
import halfsecond.loadtest.targets.FinalAnswer.StageTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The distributions of one run; see {@link LatencyNames} for what each one means. */
final class Latencies {
  private final Map<String, Distribution> byName = new LinkedHashMap<>();
  private final Map<String, Distribution> stages = new LinkedHashMap<>();

  Latencies(List<Outcome> outcomes) {
    byName.put(LatencyNames.FINAL, new Distribution());
    outcomes.forEach(this::add);
  }

  Map<String, Percentiles> byName() {
    Map<String, Percentiles> percentiles = new LinkedHashMap<>();
    byName.forEach((name, values) -> percentiles.put(name, values.percentiles()));
    return percentiles;
  }

  List<Bar> bars() {
    return of(LatencyNames.FINAL).bars();
  }

  List<StageShare> stages() {
    List<StageShare> shares = new ArrayList<>();
    stages.forEach(
        (stage, values) ->
            shares.add(
                new StageShare(
                    stage, values.percentiles().mean(), values.millisAt(50), values.millisAt(99))));
    return shares;
  }

  /** The distribution of that name, empty when nothing was added. */
  Distribution of(String name) {
    return byName.computeIfAbsent(name, missing -> new Distribution());
  }

  private void add(Outcome outcome) {
    outcome.answer().ifPresent(answer -> answered(outcome, answer));
    long before = -1;
    for (long partial : outcome.partialNanos()) {
      if (before < 0) {
        of(LatencyNames.FIRST_PARTIAL).add(partial - outcome.startNanos());
      } else {
        of(LatencyNames.PARTIAL_GAP).add(partial - before);
      }
      before = partial;
    }
    if (outcome.refusal().isPresent() && outcome.refusal().get().atOpen()) {
      of(LatencyNames.REFUSAL_AT_OPEN).add(outcome.endedNanos() - outcome.startNanos());
    }
  }

  private void answered(Outcome outcome, Answer answer) {
    long latency = answer.atNanos() - outcome.speechEndNanos();
    of(LatencyNames.FINAL).add(latency);
    of(LatencyNames.FINAL_UNCORRECTED).add(latency - outcome.lateNanos());
    outcome
        .query()
        .lastWordEnd()
        .ifPresent(
            end ->
                of(LatencyNames.FINAL_FROM_LAST_WORD)
                    .add(answer.atNanos() - outcome.startNanos() - end.toNanos()));
    if (answer.last().attempts() > 1) {
      of(LatencyNames.FINAL_REPLAYED).add(latency);
    }
    for (StageTime stage : answer.last().stages()) {
      stages
          .computeIfAbsent(stage.stage(), missing -> new Distribution())
          .add(stage.took().toNanos());
    }
  }
}
