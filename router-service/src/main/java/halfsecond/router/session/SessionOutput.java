// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.session;

import halfsecond.common.error.SpeechException;
import java.time.Duration;
import java.util.Optional;

/**
 * The way to the client. Called in the session's sequence only. {@link #ended} is the last call,
 * and it is not made when the client has gone.
 */
public interface SessionOutput {
  /** Allows one more message from the client. */
  void request();

  /**
   * Whether the client takes more. Answers are handed over regardless; everything else waits or is
   * dropped.
   */
  boolean isReady();

  /** The session was accepted; the first call. */
  void started(String sessionId, Optional<Duration> budget);

  /** Speech began or ended; only where the client asked for it. */
  void activity(SpeechActivity event);

  /** Interim text; only where the client asked for it. */
  void interim(InterimResult result);

  /** The final of an utterance. */
  void answered(FinalResult result);

  /** The refusal of an utterance. */
  void rejected(Rejection rejection);

  /** The server is going to stop and ends this session after so long. */
  void draining(Duration remaining);

  /** The session is over: well when there is no status. */
  void ended(Optional<SpeechException> status);
}
