// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.catalogue;

import halfsecond.monitor.catalogue.Metric.Direction;
import halfsecond.monitor.catalogue.Metric.Kind;
import halfsecond.monitor.catalogue.Metric.Source;
import halfsecond.monitor.catalogue.UtteranceMetric.Reading;
import halfsecond.monitor.record.Finality;
import halfsecond.monitor.record.LatencyInstants;
import halfsecond.monitor.record.Outcome;
import halfsecond.monitor.record.Stage;
import halfsecond.monitor.record.UtteranceRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Where the time of finals went, and whether it was more than there was. */
final class BudgetMetrics {
  private BudgetMetrics() {}

  static List<UtteranceMetric> all(BudgetShares shares) {
    List<UtteranceMetric> metrics = new ArrayList<>();
    for (Stage stage : Stage.values()) {
      metrics.add(latency(stage));
      metrics.add(misses(stage, shares));
    }
    metrics.add(
        proportion(
            UtteranceMetrics.DEADLINE_FINALS,
            "Finals that were cut at the deadline, of those with a budget; rises with overload.",
            Readings.budgeted(
                it ->
                    it.outcome() instanceof Outcome.Final its
                        && its.finality() == Finality.DEADLINE)));
    metrics.add(
        proportion(
            UtteranceMetrics.WITHOUT_HYPOTHESIS,
            "Finals for which recognition had nothing by the deadline, of those with a budget;"
                + " rises when backends hang.",
            Readings.budgeted(
                it -> it.outcome() instanceof Outcome.Final its && its.noHypothesis())));
    return metrics;
  }

  private static UtteranceMetric latency(Stage stage) {
    String what =
        stage == Stage.PIPELINE
            ? "From the end of speech to the final; what the budget bounds."
            : "Time that the stage takes after the end of speech; moves with load.";
    return new UtteranceMetric(
        new Metric(
            UtteranceMetrics.latency(stage),
            stage,
            Kind.DISTRIBUTION,
            "s",
            Direction.UP_IS_WORSE,
            what,
            Source.UTTERANCES),
        Readings.timed(it -> Readings.seconds(it.of(stage))));
  }

  private static UtteranceMetric misses(Stage stage, BudgetShares shares) {
    String what =
        stage == Stage.PIPELINE
            ? "Finals that came after their budget, of those with one; rises with overload."
            : "Finals whose "
                + stage.name().toLowerCase(Locale.ROOT)
                + " took longer than its share of the budget, of those with one.";
    return proportion(
        UtteranceMetrics.misses(stage),
        what,
        Readings.budgeted(it -> missed(it, stage, shares.of(stage))));
  }

  private static boolean missed(UtteranceRecord utterance, Stage stage, double share) {
    LatencyInstants latency = utterance.latency();
    Duration budget = latency == null ? null : latency.budget();
    return latency != null
        && budget != null
        && Readings.seconds(latency.of(stage)) > Readings.seconds(budget) * share;
  }

  private static UtteranceMetric proportion(String name, String description, Reading reading) {
    return new UtteranceMetric(
        new Metric(
            name,
            UtteranceMetrics.stageOf(name),
            Kind.PROPORTION,
            "1",
            Direction.UP_IS_WORSE,
            description,
            Source.UTTERANCES),
        reading);
  }
}
