// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.record;

import halfsecond.common.error.Reason;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What became of an utterance. */
public sealed interface Outcome {
  /**
   * The client got a final.
   *
   * @param noHypothesis recognition had given nothing by the deadline; counted as that, not as a
   *     null transcript
   * @param text what the text was like
   */
  record Final(Finality finality, boolean noHypothesis, TextShape text) implements Outcome {
    public Final {
      Limits.check(
          !noHypothesis || finality == Finality.DEADLINE,
          "final_outcome.no_hypothesis",
          "false unless finality is DEADLINE");
      Limits.check(
          !noHypothesis || !text.nullTranscript(),
          "final_outcome.null_transcript",
          "false with no_hypothesis");
      Limits.check(
          (text.wordCount() == 0) == (text.nullTranscript() || noHypothesis),
          "final_outcome.word_count",
          "0 if and only if the text is empty");
    }
  }

  /**
   * The client was refused.
   *
   * @param code google.rpc.Code, 1 to 16
   * @param latency from the cause to the refusal; null if not known
   */
  record Rejected(Reason reason, int code, @Nullable Duration latency) implements Outcome {
    public Rejected {
      Limits.between("rejected_outcome.code", code, 1, 16);
      Limits.upToIfSet("rejected_outcome.refusal_latency", latency, Limits.LONGEST);
    }
  }

  /**
   * What recognition answered after the deadline had been answered with less.
   *
   * @param truncatedWords words beyond the end of the text that was sent
   * @param changedWords edit distance from the text that was sent
   * @param decodeDone since the end of speech; null if not known
   */
  record Late(TextShape text, int truncatedWords, int changedWords, @Nullable Duration decodeDone)
      implements Outcome {
    public Late {
      Limits.between("late_answer.truncated_words", truncatedWords, 0, TextShape.MOST_WORDS);
      Limits.between("late_answer.changed_words", changedWords, 0, TextShape.MOST_WORDS);
      Limits.upToIfSet("late_answer.decode_done", decodeDone, Limits.LONGEST);
      Limits.check(
          (text.wordCount() == 0) == text.nullTranscript(),
          "late_answer.word_count",
          "0 if and only if the text is empty");
    }
  }
}
