// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.session;

import com.google.protobuf.ByteString;
import halfsecond.router.utterance.ReplayCause;
import java.time.Duration;
import java.util.Optional;

/**
 * The way to recognition for one clip. Used in the session's sequence only. Calls after the end do
 * nothing.
 */
public interface RecognitionStream {
  /** Whether more audio can be sent without piling up here. */
  boolean isReady();

  /** Sends 16 kHz 16-bit mono audio, whole samples. */
  void audio(ByteString samples);

  /**
   * The clip is complete; the last thing sent.
   *
   * @param within time until an answer is needed; absent for no limit
   */
  void finish(Optional<Duration> within);

  /** Gives the clip up. Nothing is reported after. */
  void cancel();

  /**
   * Gives the clip up because of what the backend did, which counts against the backend. Nothing is
   * reported after.
   */
  void abandon(ReplayCause cause);

  /** Names the backend that the stream goes to; empty when there was none. */
  String backend();

  /** Allows one more event; the first is allowed from the start. */
  void next();
}
