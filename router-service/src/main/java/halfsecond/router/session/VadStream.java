// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.session;

import com.google.protobuf.ByteString;
import halfsecond.router.utterance.ReplayCause;

/**
 * The way to the detector for one session. Used in the session's sequence only. Calls after the end
 * do nothing.
 */
public interface VadStream {
  /** Whether more audio can be sent without piling up here. */
  boolean isReady();

  /** Sends 16 kHz 16-bit mono audio, whole samples. */
  void audio(ByteString samples);

  /** Ends the utterance in progress at the audio sent so far. */
  void endUtterance();

  /** The audio is complete. */
  void halfClose();

  /** Gives the stream up. Nothing is reported after. */
  void cancel();

  /**
   * Gives the stream up because of what the detector did, which counts against it. Nothing is
   * reported after.
   */
  void abandon(ReplayCause cause);

  /** Names the detector that the stream goes to; empty when there was none. */
  String backend();

  /** Allows one more event; the first is allowed from the start. */
  void next();
}
