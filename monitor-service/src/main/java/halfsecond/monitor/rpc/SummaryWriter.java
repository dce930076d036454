// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.rpc;

import halfsecond.common.error.Reason;
import halfsecond.monitor.catalogue.UtteranceMetrics;
import halfsecond.monitor.metric.MetricSummary;
import halfsecond.monitor.record.Stage;
import halfsecond.monitor.v1.Distribution;
import halfsecond.monitor.v1.InstanceReading;
import halfsecond.monitor.v1.Proportion;
import halfsecond.monitor.v1.RefusalCount;
import halfsecond.monitor.v1.StageSummary;
import halfsecond.monitor.window.Aggregate;
import halfsecond.monitor.window.Cell;
import halfsecond.monitor.window.TimeSpan;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Writes what one stage did, as the contract defines each figure. */
final class SummaryWriter {
  private final Stage stage;
  private final halfsecond.monitor.v1.Stage protoStage;
  private final TimeSpan covered;
  private final List<Double> ranks;

  SummaryWriter(
      Stage stage, halfsecond.monitor.v1.Stage protoStage, TimeSpan covered, List<Double> ranks) {
    this.stage = stage;
    this.protoStage = protoStage;
    this.covered = covered;
    this.ranks = ranks;
  }

  StageSummary.Builder write(String modelVersion, Cell cell) {
    StageSummary.Builder summary =
        StageSummary.newBuilder()
            .setStage(protoStage)
            .setModelVersion(modelVersion)
            .setCovered(Times.range(covered));
    writeCounts(cell, summary);
    return summary
        .setDeadlineFinals(proportion(cell, UtteranceMetrics.DEADLINE_FINALS))
        .setWithoutHypothesis(proportion(cell, UtteranceMetrics.WITHOUT_HYPOTHESIS))
        .setShareMisses(proportion(cell, UtteranceMetrics.misses(stage)))
        .setBudgetMisses(proportion(cell, UtteranceMetrics.misses(Stage.PIPELINE)))
        .setClipSeconds(distribution(cell, UtteranceMetrics.CLIP_SECONDS))
        .setLatencySeconds(distribution(cell, UtteranceMetrics.latency(stage)))
        .setTotalLatencySeconds(distribution(cell, UtteranceMetrics.latency(Stage.PIPELINE)))
        .setRealTimeFactor(distribution(cell, UtteranceMetrics.REAL_TIME_FACTOR))
        .setConfidence(distribution(cell, UtteranceMetrics.CONFIDENCE))
        .setWordsPerSecond(distribution(cell, UtteranceMetrics.WORDS_PER_SECOND));
  }

  halfsecond.monitor.v1.MetricSummary write(MetricSummary metric) {
    Aggregate sum = metric.sum();
    halfsecond.monitor.v1.MetricSummary.Builder summary =
        halfsecond.monitor.v1.MetricSummary.newBuilder()
            .setMetric(metric.metric().name())
            .setSampleCount(sum.samples());
    metric.latest().forEach(latest -> summary.addLatest(reading(latest)));
    return switch (metric.metric().kind()) {
      case COUNTER -> summary.setSum(sum.sum()).build();
      case GAUGE, DISTRIBUTION ->
          summary.setValues(Figures.distribution(sum.values(), ranks)).build();
      case PROPORTION ->
          summary.setProportion(Figures.proportion(sum.events(), sum.trials())).build();
    };
  }

  private static void writeCounts(Cell cell, StageSummary.Builder summary) {
    summary
        .setUtteranceCount(cell.utterances())
        .setFinalCount(cell.finals())
        .setRejectedCount(cell.rejected())
        .setNullTranscripts(proportion(cell, UtteranceMetrics.NULL_TRANSCRIPTS))
        .setNoiseRejections(proportion(cell, UtteranceMetrics.NOISE_REJECTIONS))
        .setReplays(proportion(cell, UtteranceMetrics.REPLAYS))
        .setLateAnswerCount(cell.of(UtteranceMetrics.LATE_ANSWERS).samples())
        .setLateAnswersChanged(proportion(cell, UtteranceMetrics.LATE_ANSWERS_CHANGED))
        .setTruncatedWords(Math.round(cell.of(UtteranceMetrics.TRUNCATED_WORDS).sum()));
    cell.refusals().entrySet().stream()
        .sorted(Map.Entry.<Reason, Long>comparingByValue(Comparator.reverseOrder()))
        .forEach(
            refusal ->
                summary.addRefusals(
                    RefusalCount.newBuilder()
                        .setReason(refusal.getKey().name())
                        .setCount(refusal.getValue())));
  }

  private Distribution distribution(Cell cell, String metric) {
    return Figures.distribution(cell.of(metric).values(), ranks);
  }

  private static Proportion proportion(Cell cell, String metric) {
    Aggregate sum = cell.of(metric);
    return Figures.proportion(sum.events(), sum.trials());
  }

  private static InstanceReading reading(MetricSummary.Latest latest) {
    return InstanceReading.newBuilder()
        .setInstance(latest.instance())
        .setSampleTime(Times.timestamp(latest.time()))
        .setValue(latest.level())
        .build();
  }
}
