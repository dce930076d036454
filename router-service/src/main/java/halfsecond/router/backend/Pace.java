// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.backend;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.LongStream;

/**
 * How long a replica took lately, again and again: the newest 128 measurements, with their time.
 * Adding never blocks. Safe for use by any thread.
 */
final class Pace {
  private static final int KEPT = 128;
  private static final long NEVER = 0;
  private static final long MICROS_MASK = 0xFFFF_FFFFL;

  /** Milliseconds since {@link #origin} plus one, above microseconds taken. */
  private final AtomicLongArray newest = new AtomicLongArray(KEPT);

  private final AtomicInteger next = new AtomicInteger();
  private final long origin;

  Pace(long nowNanos) {
    this.origin = nowNanos;
  }

  void add(long takenNanos, long nowNanos) {
    long micros = Math.min(MICROS_MASK, Math.max(0, takenNanos / 1_000));
    int slot = next.getAndIncrement() & (KEPT - 1);
    newest.set(slot, (stamp(nowNanos) << 32) | micros);
  }

  /** What was measured within the window, in nanoseconds, in no order. */
  LongStream within(Duration window, long nowNanos) {
    long oldest = stamp(nowNanos) - window.toMillis();
    return LongStream.range(0, KEPT)
        .map(slot -> newest.get((int) slot))
        .filter(entry -> entry != NEVER && (entry >>> 32) > oldest)
        .map(entry -> (entry & MICROS_MASK) * 1_000);
  }

  void clear() {
    for (int slot = 0; slot < KEPT; slot++) {
      newest.set(slot, NEVER);
    }
  }

  /** 31 bits of milliseconds last for 24 days; what is older than that is long outside. */
  private long stamp(long nowNanos) {
    return ((nowNanos - origin) / 1_000_000 + 1) & 0x7FFF_FFFFL;
  }
}
