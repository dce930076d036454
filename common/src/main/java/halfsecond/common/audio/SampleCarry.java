// SPDX-License-Identifier: Apache-2.0
package halfsecond.common.audio;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Turns chunks of bytes of any size into whole 16-bit little-endian samples. The odd byte at the
 * end of a chunk is kept for the next one, so the way in which audio is cut never changes the
 * samples. For one stream, not safe for use by several threads at once.
 */
public final class SampleCarry {
  private static final int NONE = -1;

  private int odd = NONE;

  /**
   * The samples that became whole with this chunk, in a new array, possibly empty. Reads from the
   * chunk's position to its limit and leaves both as they are; the chunk is not kept.
   */
  public short[] read(ByteBuffer chunk) {
    ByteBuffer bytes = chunk.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    int carried = odd == NONE ? 0 : 1;
    short[] samples = new short[(bytes.remaining() + carried) / 2];
    int at = 0;
    if (carried == 1 && bytes.hasRemaining()) {
      samples[at++] = (short) (odd | bytes.get() << 8);
      odd = NONE;
    }
    int whole = samples.length - at;
    bytes.asShortBuffer().get(samples, at, whole);
    bytes.position(bytes.position() + whole * 2);
    if (bytes.hasRemaining()) {
      odd = bytes.get() & 0xff;
    }
    return samples;
  }

  /**
   * True if half a sample waits for its other byte; at the end of a stream that means that the
   * audio was damaged.
   */
  public boolean pending() {
    return odd != NONE;
  }
}
