// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.audio;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import halfsecond.common.audio.Audio16k;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The recent 16 kHz 16-bit mono audio of one session, for pre-roll and replay. Positions are sample
 * indexes in the session; {@link #start} to {@link #end} is retained. When more than the capacity
 * is appended the oldest is dropped. Memory is taken in pieces of half a second as audio arrives
 * and given back by {@link #trim}: nothing before the first sample, and never more than the
 * capacity and one piece. Copies in and out, so it holds on to no message. What it takes is told to
 * a shared {@link AudioMemory}, until {@link #close}. Not thread-safe.
 */
public final class AudioRing implements AutoCloseable {
  static final int SEGMENT_SAMPLES = 8_000;
  private static final int SEGMENT_BYTES = SEGMENT_SAMPLES * Audio16k.BYTES_PER_SAMPLE;

  private final int capacity;
  private final AudioMemory memory;

  /** Segment {@code n} of the session, when retained, is at {@code n % length}. */
  private final byte[] @Nullable [] segments;

  /** A segment that was dropped, for the next one, so that a long session allocates none. */
  private byte @Nullable [] spare;

  private long start;
  private long end;

  /** A ring whose memory nobody else counts. */
  public AudioRing(int capacitySamples) {
    this(capacitySamples, new AudioMemory(Long.MAX_VALUE));
  }

  /** An empty ring at position 0 that retains at most so many samples. */
  public AudioRing(int capacitySamples, AudioMemory memory) {
    if (capacitySamples <= 0) {
      throw new IllegalArgumentException("Capacity must be positive: " + capacitySamples);
    }
    this.capacity = capacitySamples;
    this.memory = memory;
    this.segments = new byte[(capacitySamples + SEGMENT_SAMPLES - 1) / SEGMENT_SAMPLES + 1][];
  }

  /** The oldest sample that is retained; {@link #end} when there is none. */
  public long start() {
    return start;
  }

  /** The position after the newest sample: how many have been appended. */
  public long end() {
    return end;
  }

  /** How many samples are retained. */
  public int size() {
    return (int) (end - start);
  }

  /** The most that is retained. */
  public int capacity() {
    return capacity;
  }

  /**
   * Appends little-endian samples at {@link #end}.
   *
   * @throws IllegalArgumentException when the bytes are not whole samples
   */
  public void append(ByteString samples) {
    if (samples.size() % Audio16k.BYTES_PER_SAMPLE != 0) {
      throw new IllegalArgumentException("Not whole samples: " + samples.size() + " bytes");
    }
    int count = samples.size() / Audio16k.BYTES_PER_SAMPLE;
    int skipped = Math.max(0, count - capacity);
    if (skipped > 0) {
      memory.changed(-retainedBytes());
      Arrays.fill(segments, null);
      end += skipped;
      start = end;
    }
    for (int done = skipped; done < count; ) {
      int within = (int) (end % SEGMENT_SAMPLES);
      int length = Math.min(count - done, SEGMENT_SAMPLES - within);
      trim(end + length - capacity);
      samples
          .substring(done * Audio16k.BYTES_PER_SAMPLE, (done + length) * Audio16k.BYTES_PER_SAMPLE)
          .copyTo(writable(end), within * Audio16k.BYTES_PER_SAMPLE);
      end += length;
      done += length;
    }
  }

  /**
   * Copies the samples of [from, to), little-endian.
   *
   * @throws IndexOutOfBoundsException when not all of them are retained
   */
  public ByteString slice(long from, long to) {
    if (from < start || to > end || from > to) {
      throw new IndexOutOfBoundsException(
          "[" + from + ", " + to + ") is not within [" + start + ", " + end + ")");
    }
    byte[] copy = new byte[Math.toIntExact((to - from) * Audio16k.BYTES_PER_SAMPLE)];
    int copied = 0;
    for (long position = from; position < to; ) {
      int within = (int) (position % SEGMENT_SAMPLES);
      int length = (int) Math.min(to - position, SEGMENT_SAMPLES - within);
      System.arraycopy(
          retained(position),
          within * Audio16k.BYTES_PER_SAMPLE,
          copy,
          copied,
          length * Audio16k.BYTES_PER_SAMPLE);
      copied += length * Audio16k.BYTES_PER_SAMPLE;
      position += length;
    }
    return UnsafeByteOperations.unsafeWrap(copy);
  }

  /**
   * Drops the samples before a position; does nothing when they are gone already. At most
   * everything is dropped.
   */
  public void trim(long before) {
    long newStart = Math.min(before, end);
    if (newStart <= start) {
      return;
    }
    long firstKept = newStart / SEGMENT_SAMPLES;
    for (long segment = start / SEGMENT_SAMPLES; segment < firstKept; segment++) {
      int slot = slot(segment);
      if (segments[slot] != null) {
        if (spare != null) {
          memory.changed(-SEGMENT_BYTES);
        }
        spare = segments[slot];
        segments[slot] = null;
      }
    }
    start = newStart;
  }

  /** Drops everything. Nothing may be appended after. */
  @Override
  public void close() {
    memory.changed(-allocatedBytes());
    Arrays.fill(segments, null);
    spare = null;
    start = end;
  }

  /** Bytes that the audio occupies now. */
  long allocatedBytes() {
    return retainedBytes() + (spare == null ? 0 : SEGMENT_BYTES);
  }

  private long retainedBytes() {
    long bytes = 0;
    for (byte[] segment : segments) {
      bytes += segment == null ? 0 : SEGMENT_BYTES;
    }
    return bytes;
  }

  private byte[] writable(long position) {
    int slot = slot(position / SEGMENT_SAMPLES);
    byte[] segment = segments[slot];
    if (segment == null) {
      if (spare == null) {
        memory.changed(SEGMENT_BYTES);
      }
      segment = spare == null ? new byte[SEGMENT_BYTES] : spare;
      spare = null;
      segments[slot] = segment;
    }
    return segment;
  }

  private byte[] retained(long position) {
    byte[] segment = segments[slot(position / SEGMENT_SAMPLES)];
    if (segment == null) {
      throw new IllegalStateException("No audio at " + position);
    }
    return segment;
  }

  private int slot(long segment) {
    return (int) (segment % segments.length);
  }
}
