// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.rpc;

import halfsecond.common.error.SpeechException;
import halfsecond.monitor.record.Limits;
import halfsecond.monitor.v1.Feedback;
import org.jspecify.annotations.Nullable;

/** Reads what users did. */
final class FeedbackReader {
  private FeedbackReader() {}

  /**
   * @throws SpeechException {@code FIELD_INVALID} that names the first field that is wrong
   */
  static halfsecond.monitor.record.Feedback read(Feedback proto) {
    Limits.check(proto.hasEventTime(), "event_time", "set");
    return new halfsecond.monitor.record.Feedback(
        proto.getFeedbackId(),
        proto.getUtteranceId(),
        Times.instant("event_time", proto.getEventTime()),
        EnumReader.feedback(proto.getKind()),
        proto.hasDelay() ? Times.duration("delay", proto.getDelay()) : null,
        redo(proto),
        proto.hasChangedWords() ? proto.getChangedWords() : null,
        proto.hasResultPosition() ? proto.getResultPosition() : null);
  }

  private static halfsecond.monitor.record.Feedback.@Nullable Redo redo(Feedback proto) {
    if (proto.getRedoUtteranceId().isEmpty() && !proto.hasRedoSimilarity()) {
      return null;
    }
    return new halfsecond.monitor.record.Feedback.Redo(
        proto.getRedoUtteranceId(), proto.hasRedoSimilarity() ? proto.getRedoSimilarity() : null);
  }
}
