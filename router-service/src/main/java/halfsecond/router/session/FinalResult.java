// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.session;

import halfsecond.router.utterance.Alternative;
import halfsecond.router.utterance.Finality;
import halfsecond.router.utterance.Latency;
import java.time.Duration;
import java.util.List;

/**
 * The final of an utterance; offsets in the client's audio.
 *
 * @param clipStart first sample of the clip at 16 kHz, which the words count from
 */
public record FinalResult(
    String utteranceId,
    List<Alternative> alternatives,
    long clipStart,
    Duration startOffset,
    Duration endOffset,
    Finality finality,
    String modelVersion,
    Latency latency,
    String traceId) {
  public FinalResult {
    alternatives = List.copyOf(alternatives);
  }
}
