// SPDX-License-Identifier: Apache-2.0
package halfsecond.vad.webrtc;

import java.util.concurrent.atomic.AtomicLong;

/** How many native detectors this process holds and how many it lost track of. Thread-safe. */
public final class HandleCounts {
  private static final AtomicLong LIVE = new AtomicLong();
  private static final AtomicLong LEAKED = new AtomicLong();

  private HandleCounts() {}

  /** Native detectors that exist now. */
  public static long live() {
    return LIVE.get();
  }

  /**
   * Native detectors that nobody closed and that were freed by garbage collection; a bug if not 0.
   */
  public static long leaked() {
    return LEAKED.get();
  }

  static void opened() {
    LIVE.incrementAndGet();
  }

  static void freed() {
    LIVE.decrementAndGet();
  }

  static void leak() {
    LEAKED.incrementAndGet();
  }
}
