// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.session;

import halfsecond.router.utterance.ClipStatistics;
import java.util.Optional;

/**
 * A clip is complete. Positions are samples at 16 kHz of the session.
 *
 * @param clipEnd end of the clip, padding included
 * @param speechEnd end of the last voiced frame
 * @param decided the audio had been judged up to here
 * @param statistics absent with client-side endpointing, and when the detector was lost and the
 *     next one did not hear the utterance
 * @param arrivalNanos when this was known here
 */
public record SpeechEnded(
    long clipEnd,
    long speechEnd,
    long decided,
    EndReason reason,
    Optional<ClipStatistics> statistics,
    long arrivalNanos) {
  /** The same with another end of the clip. */
  SpeechEnded endingAt(long otherEnd) {
    return new SpeechEnded(otherEnd, speechEnd, decided, reason, statistics, arrivalNanos);
  }
}
