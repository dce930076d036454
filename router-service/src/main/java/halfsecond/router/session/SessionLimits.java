// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.session;

import java.time.Duration;

/**
 * What one session may take. A session holds at most: two client messages that wait (each bounded
 * by the edge), {@link #ring} of audio at 32 kB a second, and, because nothing is sent to a backend
 * or to the client that is not ready, one chunk beyond the transport's own window for the detector,
 * for each utterance in flight, and for the client. With the defaults that is 128 KiB + 1.4 MiB + 5
 * windows of 32 KiB: under 1.75 MiB, whatever client and backends do.
 *
 * @param liveSession longest LIVE session, in audio and on the clock
 * @param batchSession longest BATCH session, in audio and on the clock
 * @param silence longest time without audio
 * @param unreadOutput longest time for which a client may leave answers unread
 * @param maxUtterance longest clip with client-side endpointing
 * @param ring audio kept for pre-roll and replay; more than the longest utterance and the history
 *     of detectors
 * @param unjudged most audio that the detector may be behind
 * @param unforwarded most acknowledged audio that recognition may be behind
 * @param utterancesInFlight most utterances whose closing answer has not been sent
 * @param detectorStall time without a sign of life from a detector that has audio, after which it
 *     counts as lost
 * @param detectorHistory audio from before what is to be judged that a detector hears which takes
 *     over for a lost one; as far as it is kept
 * @param closing longest time from the end of the input to the last answer of a LIVE session
 * @param batchClosing the same of a BATCH session
 * @param drainNotice how long an idle session is kept open after it was told of a shutdown
 */
public record SessionLimits(
    Duration liveSession,
    Duration batchSession,
    Duration silence,
    Duration unreadOutput,
    Duration maxUtterance,
    Duration ring,
    Duration unjudged,
    Duration unforwarded,
    int utterancesInFlight,
    Duration detectorStall,
    Duration detectorHistory,
    Duration closing,
    Duration batchClosing,
    Duration drainNotice) {
  public SessionLimits {
    if (utterancesInFlight < 1) {
      throw new IllegalArgumentException("at least one utterance must be allowed in flight");
    }
    if (ring.compareTo(maxUtterance.plus(unjudged).plus(detectorHistory)) <= 0) {
      throw new IllegalArgumentException(
          "the ring must hold more than the longest utterance and the detectors' history");
    }
  }
}
