// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.rpc;

import halfsecond.common.error.SpeechException;
import halfsecond.monitor.record.Outcome;
import halfsecond.monitor.record.TextShape;
import halfsecond.monitor.v1.FinalOutcome;
import halfsecond.monitor.v1.LateAnswer;
import halfsecond.monitor.v1.RejectedOutcome;
import halfsecond.monitor.v1.UtteranceRecord;

/** Reads what became of an utterance. */
final class OutcomeReader {
  private OutcomeReader() {}

  static Outcome read(UtteranceRecord proto) {
    return switch (proto.getOutcomeCase()) {
      case FINAL_OUTCOME -> answered(proto.getFinalOutcome());
      case REJECTED_OUTCOME -> rejected(proto.getRejectedOutcome());
      case LATE_ANSWER -> late(proto.getLateAnswer());
      case OUTCOME_NOT_SET -> throw SpeechException.fieldInvalid("outcome", "set");
    };
  }

  private static Outcome answered(FinalOutcome proto) {
    return new Outcome.Final(
        EnumReader.finality(proto.getFinality()),
        proto.getNoHypothesis(),
        new TextShape(
            proto.getNullTranscript(),
            proto.getNoiseRejected(),
            proto.hasConfidence() ? proto.getConfidence() : null,
            proto.getWordCount(),
            proto.hasWordsPerSecond() ? proto.getWordsPerSecond() : null));
  }

  private static Outcome rejected(RejectedOutcome proto) {
    return new Outcome.Rejected(
        EnumReader.reason(proto.getReason()),
        proto.getCode(),
        proto.hasRefusalLatency()
            ? Times.duration("rejected_outcome.refusal_latency", proto.getRefusalLatency())
            : null);
  }

  private static Outcome late(LateAnswer proto) {
    return new Outcome.Late(
        new TextShape(
            proto.getNullTranscript(),
            proto.getNoiseRejected(),
            proto.hasConfidence() ? proto.getConfidence() : null,
            proto.getWordCount(),
            null),
        proto.getTruncatedWords(),
        proto.getChangedWords(),
        proto.hasDecodeDone()
            ? Times.duration("late_answer.decode_done", proto.getDecodeDone())
            : null);
  }
}
