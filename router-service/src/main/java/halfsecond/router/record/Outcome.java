// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.record;

import halfsecond.common.error.Reason;
import halfsecond.router.utterance.Finality;
import java.time.Duration;
import java.util.OptionalDouble;

/** What the client got. */
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
}
