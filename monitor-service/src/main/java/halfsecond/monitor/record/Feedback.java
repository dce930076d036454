// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.record;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a user did with one transcript. Every part that is null is not known or does not apply.
 *
 * @param id names this feedback, also when it is sent again
 * @param utteranceId the utterance that it is about
 * @param eventTime when it was done
 * @param delay since the final: 0 to 24 h
 * @param redo of {@link Kind#REDO} only
 * @param changedWords of {@link Kind#CORRECTION} only: word edit distance, 0 to 1000
 * @param resultPosition of {@link Kind#CLICK_THROUGH} only: from 1
 */
public record Feedback(
    String id,
    String utteranceId,
    Instant eventTime,
    Kind kind,
    @Nullable Duration delay,
    @Nullable Redo redo,
    @Nullable Integer changedWords,
    @Nullable Integer resultPosition) {
  private static final Duration LONGEST_DELAY = Duration.ofHours(24);

  /** What was done. */
  public enum Kind {
    REDO,
    SWITCH_TO_TYPING,
    CLICK_THROUGH,
    CORRECTION,
    ABANDON,
    ACCEPT
  }

  /**
   * What was said instead.
   *
   * @param utteranceId may be empty
   * @param similarity 0 to 1; null if it is not known
   */
  public record Redo(String utteranceId, @Nullable Double similarity) {
    public Redo {
      if (!utteranceId.isEmpty()) {
        Limits.id("redo_utterance_id", utteranceId);
      }
      Limits.betweenIfSet("redo_similarity", similarity, 0, 1);
    }
  }

  public Feedback {
    Limits.id("feedback_id", id);
    Limits.id("utterance_id", utteranceId);
    Limits.upToIfSet("delay", delay, LONGEST_DELAY);
    Limits.check(
        redo == null || kind == Kind.REDO, "redo_utterance_id", "unset unless kind is REDO");
    Limits.check(
        changedWords == null || kind == Kind.CORRECTION,
        "changed_words",
        "unset unless kind is CORRECTION");
    Limits.check(
        resultPosition == null || kind == Kind.CLICK_THROUGH,
        "result_position",
        "unset unless kind is CLICK_THROUGH");
    if (changedWords != null) {
      Limits.between("changed_words", changedWords, 0, TextShape.MOST_WORDS);
    }
    if (resultPosition != null) {
      Limits.between("result_position", resultPosition, 1, Integer.MAX_VALUE);
    }
  }
}
