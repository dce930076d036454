// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.session;

import com.google.protobuf.ByteString;

/**
 * One message of the client that waits its turn: audio, which is taken in slices, or a control
 * action. For the session's sequence only.
 */
final class Input {
  private final Runnable control;
  private final long arrivalNanos;
  private ByteString rest;

  private Input(ByteString audio, Runnable control, long arrivalNanos) {
    this.rest = audio;
    this.control = control;
    this.arrivalNanos = arrivalNanos;
  }

  static Input audio(ByteString bytes, long arrivalNanos) {
    return new Input(bytes, () -> {}, arrivalNanos);
  }

  static Input control(Runnable action, long arrivalNanos) {
    return new Input(ByteString.EMPTY, action, arrivalNanos);
  }

  long arrivalNanos() {
    return arrivalNanos;
  }

  /** Audio that has not been taken. */
  int remaining() {
    return rest.size();
  }

  ByteString take(int atMost) {
    int length = Math.min(atMost, rest.size());
    ByteString slice = rest.substring(0, length);
    rest = rest.substring(length);
    return slice;
  }

  /** Does what the message asks; nothing for audio. */
  void act() {
    control.run();
  }
}
