// SPDX-License-Identifier: Apache-2.0
package halfsecond.common.audio;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;

/**
 * The format of audio inside the pipeline and its exact arithmetic: one sample lasts exactly 62,500
 * ns, so counts turn into time without rounding. Time turns into counts rounding down to whole
 * samples.
 */
public final class Audio16k {
  /** Samples a second, one channel. */
  public static final int SAMPLE_RATE = 16_000;

  /** Signed, little-endian. */
  public static final int BYTES_PER_SAMPLE = 2;

  public static final int BYTES_PER_SECOND = SAMPLE_RATE * BYTES_PER_SAMPLE;

  private static final long NANOS_PER_SAMPLE = 1_000_000_000L / SAMPLE_RATE;

  private Audio16k() {}

  public static long nanos(long samples) {
    return Math.multiplyExact(samples, NANOS_PER_SAMPLE);
  }

  public static Duration duration(long samples) {
    return Duration.ofSeconds(samples / SAMPLE_RATE, nanos(samples % SAMPLE_RATE));
  }

  /**
   * Whole samples that begin within {@code nanos} from the start; negative time is rounded towards
   * minus infinity.
   */
  public static long samplesInNanos(long nanos) {
    return Math.floorDiv(nanos, NANOS_PER_SAMPLE);
  }

  public static long samples(Duration duration) {
    return Math.addExact(
        Math.multiplyExact(duration.getSeconds(), SAMPLE_RATE), samplesInNanos(duration.getNano()));
  }

  public static long millis(long samples) {
    return Math.floorDiv(samples, SAMPLE_RATE / 1000);
  }

  public static long bytes(long samples) {
    return Math.multiplyExact(samples, BYTES_PER_SAMPLE);
  }

  /** Little-endian bytes of {@code samples[from..to)}, in a new array. */
  public static byte[] toBytes(short[] samples, int from, int to) {
    ByteBuffer bytes =
        ByteBuffer.allocate((to - from) * BYTES_PER_SAMPLE).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asShortBuffer().put(samples, from, to - from);
    return bytes.array();
  }

  public static byte[] toBytes(short[] samples) {
    return toBytes(samples, 0, samples.length);
  }
}
