// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.rpc;

import halfsecond.common.error.Reason;
import halfsecond.monitor.metric.MetricCell;
import halfsecond.monitor.metric.MetricSummary;
import halfsecond.monitor.record.Stage;
import halfsecond.monitor.sketch.ValueSketch;
import halfsecond.monitor.v1.Distribution;
import halfsecond.monitor.v1.InstanceReading;
import halfsecond.monitor.v1.Proportion;
import halfsecond.monitor.v1.Quantile;
import halfsecond.monitor.v1.RefusalCount;
import halfsecond.monitor.v1.StageSummary;
import halfsecond.monitor.window.Cell;
import halfsecond.monitor.window.Measure;
import halfsecond.monitor.window.Summary;
import halfsecond.monitor.window.Tally;
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
    writeBudget(cell, summary);
    return summary
        .setClipSeconds(distribution(cell.sketch(Measure.CLIP)))
        .setLatencySeconds(distribution(Summary.latency(cell, stage)))
        .setTotalLatencySeconds(distribution(cell.sketch(Measure.TOTAL_LATENCY)))
        .setRealTimeFactor(distribution(cell.sketch(Measure.REAL_TIME_FACTOR)))
        .setConfidence(distribution(cell.sketch(Measure.CONFIDENCE)))
        .setWordsPerSecond(distribution(cell.sketch(Measure.WORDS_PER_SECOND)));
  }

  halfsecond.monitor.v1.MetricSummary write(MetricSummary metric) {
    MetricCell cell = metric.cell();
    halfsecond.monitor.v1.MetricSummary.Builder summary =
        halfsecond.monitor.v1.MetricSummary.newBuilder()
            .setMetric(metric.metric().name())
            .setSampleCount(cell.samples());
    metric.latest().forEach(latest -> summary.addLatest(reading(latest)));
    return switch (metric.metric().kind()) {
      case COUNTER -> summary.setSum(cell.sum()).build();
      case GAUGE, DISTRIBUTION -> summary.setValues(distribution(cell.values())).build();
      case PROPORTION -> summary.setProportion(proportion(cell.events(), cell.trials())).build();
    };
  }

  private static void writeCounts(Cell cell, StageSummary.Builder summary) {
    summary
        .setUtteranceCount(cell.tally(Tally.UTTERANCES))
        .setFinalCount(cell.tally(Tally.FINALS))
        .setRejectedCount(cell.tally(Tally.REJECTED))
        .setNullTranscripts(proportion(cell, Tally.NULL_TRANSCRIPTS, Tally.ANSWERED))
        .setNoiseRejections(proportion(cell, Tally.NOISE_REJECTED, Tally.ANSWERED))
        .setReplays(proportion(cell, Tally.REPLAYED, Tally.UTTERANCES))
        .setLateAnswerCount(cell.tally(Tally.LATE_ANSWERS))
        .setLateAnswersChanged(proportion(cell, Tally.LATE_ANSWERS_CHANGED, Tally.LATE_ANSWERS))
        .setTruncatedWords(cell.tally(Tally.TRUNCATED_WORDS));
    cell.refusals().entrySet().stream()
        .sorted(Map.Entry.<Reason, Long>comparingByValue(Comparator.reverseOrder()))
        .forEach(
            refusal ->
                summary.addRefusals(
                    RefusalCount.newBuilder()
                        .setReason(refusal.getKey().name())
                        .setCount(refusal.getValue())));
  }

  private void writeBudget(Cell cell, StageSummary.Builder summary) {
    long budgeted = cell.tally(Tally.BUDGETED);
    summary
        .setDeadlineFinals(proportion(cell, Tally.DEADLINE_FINALS, Tally.BUDGETED))
        .setWithoutHypothesis(proportion(cell, Tally.NO_HYPOTHESIS, Tally.BUDGETED))
        .setShareMisses(proportion(Summary.shareMisses(cell, stage), budgeted))
        .setBudgetMisses(proportion(cell, Tally.LATE_FINALS, Tally.BUDGETED));
  }

  private Distribution distribution(ValueSketch sketch) {
    Distribution.Builder distribution = Distribution.newBuilder().setCount(sketch.count());
    if (sketch.count() == 0) {
      return distribution.build();
    }
    for (double rank : ranks) {
      distribution.addQuantiles(
          Quantile.newBuilder()
              .setRank(rank)
              .setValue(sketch.quantile(rank))
              .setRankError(sketch.rankError(rank)));
    }
    return distribution
        .setMean(sketch.mean())
        .setMinimum(sketch.minimum())
        .setMaximum(sketch.maximum())
        .build();
  }

  private static Proportion proportion(Cell cell, Tally events, Tally trials) {
    return proportion(cell.tally(events), cell.tally(trials));
  }

  private static Proportion proportion(long events, long trials) {
    Proportion.Builder proportion = Proportion.newBuilder().setEvents(events).setTrials(trials);
    return trials == 0 ? proportion.build() : proportion.setRate((double) events / trials).build();
  }

  private static InstanceReading reading(MetricSummary.Latest latest) {
    return InstanceReading.newBuilder()
        .setInstance(latest.instance())
        .setSampleTime(Times.timestamp(latest.time()))
        .setValue(latest.level())
        .build();
  }
}
