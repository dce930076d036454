// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.session;

import com.google.protobuf.ByteString;

/** Who cuts utterances out of the audio of one session. For the session's sequence only. */
interface Endpointing {
  /** To be called once, before anything else. */
  void open();

  /** Takes the audio that ends at {@code end}; whole samples. */
  void audio(ByteString samples, long end, long arrivalNanos);

  /** The client asks for the end of the utterance in progress. */
  void finish(long arrivalNanos);

  /**
   * The client says where speech is.
   *
   * @throws halfsecond.common.error.SpeechException MESSAGE_UNEXPECTED when it does not fit
   */
  void marker(Marker marker, long arrivalNanos);

  /**
   * The audio is complete: the utterance in progress ends, then {@link EndpointingEvents#exhausted}
   * is called.
   */
  void end(long arrivalNanos);

  /** Whether it can take more audio without piling it up. */
  boolean accepts();

  /** There may be room for another utterance again. */
  void roomAgain();

  /** Looks for a detector that has something to judge and is silent. To be called now and then. */
  void check(long nowNanos);

  /** The oldest sample that may be wanted again; may be before the first one. */
  long oldestNeeded();

  /** Gives up; no event follows. */
  void cancel();
}
