// SPDX-License-Identifier: Apache-2.0
package halfsecond.common.concurrent;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How long to wait before the next attempt to connect: doubling, capped, jittered by half. Any
 * thread.
 */
public final class Backoff {
  private static final int MAX_DOUBLINGS = 20;

  private final Duration first;
  private final Duration most;
  private final AtomicInteger failures = new AtomicInteger();

  /**
   * Begins with {@code first}.
   *
   * @param most what it never exceeds
   */
  public Backoff(Duration first, Duration most) {
    this.first = first;
    this.most = most;
  }

  /** How long to wait now; about twice as long as the last time. */
  public Duration next() {
    int doublings = Math.min(MAX_DOUBLINGS, failures.getAndIncrement());
    long cap = Math.min(most.toMillis(), first.toMillis() << doublings);
    return Duration.ofMillis(cap / 2 + ThreadLocalRandom.current().nextLong(cap / 2 + 1));
  }

  /** It works again. */
  public void reset() {
    failures.set(0);
  }
}
