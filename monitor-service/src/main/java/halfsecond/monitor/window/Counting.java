// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.window;

import halfsecond.monitor.record.DecodeStatistics;
import halfsecond.monitor.record.Finality;
import halfsecond.monitor.record.LatencyInstants;
import halfsecond.monitor.record.Outcome;
import halfsecond.monitor.record.RecordId;
import halfsecond.monitor.record.Stage;
import halfsecond.monitor.record.TextShape;
import halfsecond.monitor.record.UtteranceRecord;
import java.time.Duration;

/**
 * How a record counts. Revision 1 counts the utterance and what its client got. Revision 2 counts
 * as a late answer, and its decode statistics stand in for those that a cut final does not have; so
 * no measurement is ever taken twice, whatever the order.
 */
final class Counting {
  private static final double NANOS = 1e9;

  private final BudgetShares shares;

  Counting(BudgetShares shares) {
    this.shares = shares;
  }

  void count(UtteranceRecord utterance, Cell cell) {
    Outcome outcome = utterance.outcome();
    boolean cut = false;
    if (outcome instanceof Outcome.Final answered) {
      cut = answered.finality() == Finality.DEADLINE;
      cell.count(Tally.FINALS);
      countText(answered, cell);
      countLength(utterance, cell);
      countLatency(utterance, answered, cell);
    } else if (outcome instanceof Outcome.Rejected rejected) {
      cell.count(Tally.REJECTED);
      cell.refused(rejected.reason());
    } else if (outcome instanceof Outcome.Late late) {
      countLate(late, cell);
    }
    if (utterance.id().revision() == RecordId.FIRST) {
      cell.count(Tally.UTTERANCES);
      if (utterance.recognition().attempts().replayed()) {
        cell.count(Tally.REPLAYED);
      }
    }
    DecodeStatistics decode = utterance.recognition().decode();
    if (!cut && decode != null && decode.realTimeFactor() != null) {
      cell.measured(Measure.REAL_TIME_FACTOR, decode.realTimeFactor());
    }
  }

  private static void countText(Outcome.Final answered, Cell cell) {
    if (answered.noHypothesis()) {
      return;
    }
    TextShape text = answered.text();
    cell.count(Tally.ANSWERED);
    if (text.nullTranscript()) {
      cell.count(Tally.NULL_TRANSCRIPTS);
    }
    if (text.noiseRejected()) {
      cell.count(Tally.NOISE_REJECTED);
    }
    if (text.confidence() != null) {
      cell.measured(Measure.CONFIDENCE, text.confidence());
    }
    if (text.wordsPerSecond() != null) {
      cell.measured(Measure.WORDS_PER_SECOND, text.wordsPerSecond());
    }
  }

  private static void countLength(UtteranceRecord utterance, Cell cell) {
    if (utterance.clip().length() != null) {
      cell.measured(Measure.CLIP, seconds(utterance.clip().length().clip()));
    }
  }

  private void countLatency(UtteranceRecord utterance, Outcome.Final answered, Cell cell) {
    LatencyInstants latency = utterance.latency();
    if (latency == null) {
      return;
    }
    for (Stage stage : Stage.values()) {
      cell.measured(measureOf(stage), seconds(latency.of(stage)));
    }
    Duration budget = latency.budget();
    if (budget == null) {
      return;
    }
    cell.count(Tally.BUDGETED);
    if (answered.finality() == Finality.DEADLINE) {
      cell.count(Tally.DEADLINE_FINALS);
    }
    if (answered.noHypothesis()) {
      cell.count(Tally.NO_HYPOTHESIS);
    }
    for (Stage stage : Stage.values()) {
      if (seconds(latency.of(stage)) > seconds(budget) * shares.of(stage)) {
        cell.count(missOf(stage));
      }
    }
  }

  private static void countLate(Outcome.Late late, Cell cell) {
    cell.count(Tally.LATE_ANSWERS);
    if (late.changedWords() > 0) {
      cell.count(Tally.LATE_ANSWERS_CHANGED);
    }
    cell.count(Tally.TRUNCATED_WORDS, late.truncatedWords());
  }

  /** The distribution of the time that a stage takes. */
  static Measure measureOf(Stage stage) {
    return switch (stage) {
      case VAD -> Measure.VAD_LATENCY;
      case ROUTE -> Measure.ROUTE_LATENCY;
      case ASR -> Measure.ASR_LATENCY;
      case DELIVER -> Measure.DELIVER_LATENCY;
      case PIPELINE -> Measure.TOTAL_LATENCY;
    };
  }

  /** The count of those that took longer than their share. */
  static Tally missOf(Stage stage) {
    return switch (stage) {
      case VAD -> Tally.VAD_SHARE_MISSES;
      case ROUTE -> Tally.ROUTE_SHARE_MISSES;
      case ASR -> Tally.ASR_SHARE_MISSES;
      case DELIVER -> Tally.DELIVER_SHARE_MISSES;
      case PIPELINE -> Tally.LATE_FINALS;
    };
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / NANOS;
  }
}
