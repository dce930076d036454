// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.feedback;

import halfsecond.monitor.record.Feedback;
import halfsecond.monitor.record.RecordId;
import halfsecond.monitor.record.UtteranceRecord;
import halfsecond.monitor.store.FeedbackConsumer;
import halfsecond.monitor.store.RecordConsumer;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells who wants to know what users did with which utterance, whichever of the two comes first.
 * Each kind is told once of each utterance. What came before its record is remembered for the
 * newest utterances only. Used by one thread at a time.
 */
public final class FeedbackJoin implements FeedbackConsumer, RecordConsumer {
  private static final int REMEMBERED = 10_000;

  private final List<Sink> sinks;

  /** By utterance, the oldest first. */
  private final Map<String, Set<Feedback.Kind>> early = new LinkedHashMap<>();

  /** Told what a user did. */
  @FunctionalInterface
  public interface Sink {
    /**
     * Called when both are known.
     *
     * @param ingested when the later of the two was received
     */
    void reacted(UtteranceRecord about, Feedback.Kind kind, Instant ingested);
  }

  public FeedbackJoin(List<Sink> sinks) {
    this.sinks = List.copyOf(sinks);
  }

  @Override
  public void accept(
      Feedback feedback, boolean first, @Nullable UtteranceRecord about, Instant ingested) {
    if (about != null && first) {
      tell(about, feedback.kind(), ingested);
    } else if (about == null) {
      early
          .computeIfAbsent(feedback.utteranceId(), it -> EnumSet.noneOf(Feedback.Kind.class))
          .add(feedback.kind());
      if (early.size() > REMEMBERED) {
        early.remove(early.keySet().iterator().next());
      }
    }
  }

  @Override
  public void accept(UtteranceRecord utterance, Instant ingested) {
    if (utterance.id().revision() != RecordId.FIRST || early.isEmpty()) {
      return;
    }
    Set<Feedback.Kind> kinds = early.remove(utterance.id().utteranceId());
    if (kinds != null) {
      kinds.forEach(kind -> tell(utterance, kind, ingested));
    }
  }

  private void tell(UtteranceRecord about, Feedback.Kind kind, Instant ingested) {
    sinks.forEach(sink -> sink.reacted(about, kind, ingested));
  }
}
