// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.record;

import halfsecond.common.error.Reason;
import halfsecond.router.utterance.Finality;
import java.time.Duration;
import java.util.OptionalDouble;

/** What the client got, or what it would have got with more time. */
public sealed interface Outcome {
  /**
   * A final.
   *
   * @param noHypothesis cut at the deadline before recognition had given any hypothesis; then not
   *     null
   * @param wordCount 0 if and only if the text was empty
   */
  record Final(
      Finality finality,
      boolean nullTranscript,
      boolean noiseRejected,
      boolean noHypothesis,
      OptionalDouble confidence,
      int wordCount)
      implements Outcome {}

  /**
   * A refusal.
   *
   * @param latency from the start of speech to the refusal
   */
  record Rejected(Reason reason, Duration latency) implements Outcome {}

  /**
   * What recognition answered after the deadline had already been answered with less; counts of
   * words are at most 1000.
   *
   * @param wordCount words of the full text
   * @param truncatedWords words of the full text beyond the end of the one that was sent
   * @param changedWords word edit distance between the two texts
   * @param decodeDone from the end of speech until the full answer reached the router
   */
  record Late(
      boolean nullTranscript,
      boolean noiseRejected,
      OptionalDouble confidence,
      int wordCount,
      int truncatedWords,
      int changedWords,
      Duration decodeDone)
      implements Outcome {}
}
