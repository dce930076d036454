// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.recognition;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Audio of a clip that waits to be decoded, in blocks of 100 ms counted from the start of the clip
 * however it arrived: the engine then sees the same blocks for the same audio, which is what makes
 * its text repeatable. Not thread-safe.
 */
final class ClipAudio {
  /** Samples of a block. */
  static final int BLOCK_SAMPLES = Recognizer.SAMPLE_RATE / 10;

  private static final int BLOCK_BYTES = 2 * BLOCK_SAMPLES;

  private final ArrayDeque<Block> full = new ArrayDeque<>();
  private byte[] tail = new byte[BLOCK_BYTES];
  private int tailBytes;
  private long receivedBytes;
  private int fullBytes;

  /**
   * @param audio 16-bit little-endian samples, the first {@code bytes} of it; owned by whoever
   *     polled it
   * @param arrivedNanos when its last byte arrived
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Block(byte[] audio, int bytes, long arrivedNanos) {
    int samples() {
      return bytes / 2;
    }
  }

  void add(ByteBuffer audio, long nowNanos) {
    receivedBytes += audio.remaining();
    while (audio.hasRemaining()) {
      int count = Math.min(audio.remaining(), BLOCK_BYTES - tailBytes);
      audio.get(tail, tailBytes, count);
      tailBytes += count;
      if (tailBytes == BLOCK_BYTES) {
        flush(nowNanos);
      }
    }
  }

  /** The clip is complete: what is left becomes the last, shorter block. */
  void end(long nowNanos) {
    if (tailBytes > 0) {
      flush(nowNanos);
    }
  }

  @Nullable Block poll() {
    Block block = full.poll();
    if (block != null) {
      fullBytes -= block.bytes();
    }
    return block;
  }

  boolean hasBlock() {
    return !full.isEmpty();
  }

  /** When the oldest block was complete; {@code otherwise} if there is none. */
  long oldestNanos(long otherwise) {
    Block oldest = full.peek();
    return oldest == null ? otherwise : oldest.arrivedNanos();
  }

  void clear() {
    full.clear();
    fullBytes = 0;
    tailBytes = 0;
  }

  long receivedBytes() {
    return receivedBytes;
  }

  int waitingSamples() {
    return (fullBytes + tailBytes) / 2;
  }

  private void flush(long nowNanos) {
    full.add(new Block(tail, tailBytes, nowNanos));
    fullBytes += tailBytes;
    tail = new byte[BLOCK_BYTES];
    tailBytes = 0;
  }
}
