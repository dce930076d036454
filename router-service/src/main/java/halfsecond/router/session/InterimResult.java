// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.session;

import java.time.Duration;

/** The text so far of an utterance; offsets in the client's audio. */
public record InterimResult(
    String utteranceId,
    String transcript,
    float stability,
    Duration startOffset,
    Duration endOffset,
    String modelVersion) {
  /** Without the words: they are not for logs. */
  @Override
  public String toString() {
    return "InterimResult[" + utteranceId + "]";
  }
}
