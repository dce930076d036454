// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.session;

import java.time.Duration;
import java.util.ArrayDeque;

/**
 * How often and how long a session looks for another detector: at most {@value #MOST} that took
 * audio may be lost within 10 s, and one has to be ready within 1.5 s of a loss. For the session's
 * sequence only.
 */
final class Reopenings {
  static final Duration BACKOFF = Duration.ofMillis(50);
  static final Duration WAIT = Duration.ofMillis(1_500);
  private static final int MOST = 3;
  private static final long WITHIN_NANOS = Duration.ofSeconds(10).toNanos();

  private final ArrayDeque<Long> losses = new ArrayDeque<>(MOST);
  private boolean waiting;
  private long waitingSinceNanos;

  /**
   * A detector was lost, or was not there.
   *
   * @param fed it had been sent audio
   * @return whether another may be tried
   */
  boolean lost(boolean fed, long nowNanos) {
    if (!waiting) {
      waiting = true;
      waitingSinceNanos = nowNanos;
    }
    if (fed) {
      while (!losses.isEmpty() && nowNanos - losses.getFirst() >= WITHIN_NANOS) {
        losses.removeFirst();
      }
      losses.addLast(nowNanos);
    }
    return losses.size() <= MOST && nowNanos - waitingSinceNanos < WAIT.toNanos();
  }

  /** A detector works. */
  void found() {
    waiting = false;
  }
}
