// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.recognition;

import java.util.concurrent.atomic.AtomicLong;

/**
 * When one decode thread began what it is doing. Written by that thread, read by the watchdog; no
 * lock, since a thread passes here for every block.
 */
final class TurnClock {
  /** The thread has nothing to do. */
  static final long IDLE = 0;

  private volatile long sinceNanos;

  // Odd while a turn runs, so that every turn has a number of its own.
  private final AtomicLong changes = new AtomicLong();

  void begin(long nowNanos) {
    sinceNanos = nowNanos;
    changes.incrementAndGet();
  }

  void end() {
    changes.incrementAndGet();
  }

  /** The number of the turn that runs, or {@link #IDLE}. */
  long running() {
    long now = changes.get();
    return now % 2 == 0 ? IDLE : now;
  }

  /** When the turn began whose number was read before, or a later one. */
  long sinceNanos() {
    return sinceNanos;
  }
}
