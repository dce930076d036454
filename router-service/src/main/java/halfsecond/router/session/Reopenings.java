// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.session;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * How often, how long and where a session looks for another detector: at most {@value #MOST} that
 * took audio may be lost within 10 s, one has to be ready within 1.5 s of a loss, and one that
 * failed is avoided for 10 s. For the session's sequence only.
 */
final class Reopenings {
  static final Duration BACKOFF = Duration.ofMillis(50);
  static final Duration WAIT = Duration.ofMillis(1_500);
  private static final int MOST = 3;
  private static final long WITHIN_NANOS = Duration.ofSeconds(10).toNanos();

  private final ArrayDeque<Long> losses = new ArrayDeque<>(MOST);

  /** When each detector failed last, by name. */
  private final Map<String, Long> failures = new HashMap<>(2);

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

  /**
   * A detector failed.
   *
   * @return whether it was not being avoided before
   */
  boolean avoid(String detector, long nowNanos) {
    Set<String> before = avoided(nowNanos);
    failures.put(detector, nowNanos);
    return !before.contains(detector);
  }

  /** The detectors that failed lately. */
  Set<String> avoided(long nowNanos) {
    failures.values().removeIf(failed -> nowNanos - failed >= WITHIN_NANOS);
    return Set.copyOf(failures.keySet());
  }

  /** A detector works. */
  void found() {
    waiting = false;
  }
}
