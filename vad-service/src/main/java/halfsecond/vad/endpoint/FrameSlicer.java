// SPDX-License-Identifier: Apache-2.0
package halfsecond.vad.endpoint;

import java.nio.ShortBuffer;

/**
 * Cuts audio that arrives in pieces into frames. Frames lie on multiples of their length counted
 * from the start of the session, also in a stream that resumes in the middle of one: then the first
 * piece is shorter than a frame. Not thread-safe.
 */
final class FrameSlicer {
  private final short[] frame;
  private long start;
  private int filled;
  private int size;

  FrameSlicer(int frameSamples, long startSample) {
    this.frame = new short[frameSamples];
    this.start = startSample;
    this.size = frameSamples - (int) (startSample % frameSamples);
  }

  /** Takes samples until the frame is full or there are none; whether it is full. */
  boolean fill(ShortBuffer audio) {
    int taken = Math.min(size - filled, audio.remaining());
    audio.get(frame, filled, taken);
    filled += taken;
    return filled == size;
  }

  /** Position of the first sample of the frame. */
  long start() {
    return start;
  }

  /** Samples of the frame that have arrived; the rest of the array is older audio. */
  short[] samples() {
    return frame;
  }

  int filled() {
    return filled;
  }

  /** Whether the frame, once full, is a whole one. */
  boolean isWhole() {
    return size == frame.length;
  }

  /** Begins the next frame. */
  void next() {
    start += size;
    filled = 0;
    size = frame.length;
  }
}
