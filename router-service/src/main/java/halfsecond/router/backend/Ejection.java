// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.backend;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;

/**
 * Whether one replica is left out. Each time lasts twice as long as the one before, up to a limit;
 * who then stays in for as long as that limit starts anew. Safe for use by any thread.
 */
final class Ejection {
  private static final int MAX_DOUBLINGS = 20;

  private final Duration first;
  private final Duration most;
  private final Object lock = new Object();

  @GuardedBy("lock")
  private int times;

  @GuardedBy("lock")
  private long untilNanos;

  /** Mirrors the above for those who only ask. */
  private volatile boolean ever;

  private volatile long until;

  Ejection(Duration first, Duration most) {
    this.first = first;
    this.most = most;
  }

  /** Leaves it out from now on, for the time that is returned. */
  Duration begin(long nowNanos) {
    synchronized (lock) {
      if (ever && nowNanos - untilNanos > most.toNanos()) {
        times = 0;
      }
      int doublings = Math.min(MAX_DOUBLINGS, times++);
      long nanos = Math.min(most.toNanos(), first.toNanos() << doublings);
      untilNanos = nowNanos + nanos;
      until = untilNanos;
      ever = true;
      return Duration.ofNanos(nanos);
    }
  }

  boolean lasts(long nowNanos) {
    return remaining(nowNanos) > 0;
  }

  /** Nanoseconds until it is over, 0 when it is not left out. */
  long remaining(long nowNanos) {
    return ever ? Math.max(0, until - nowNanos) : 0;
  }
}
