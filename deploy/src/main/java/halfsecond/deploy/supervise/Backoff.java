// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.supervise;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next start: 0.2 s, doubling to 10 s, each a fifth more or less by
 * chance so that processes which died together do not start together. Used by one thread.
 */
final class Backoff {

  static final Duration FIRST = Duration.ofMillis(200);
  static final Duration LONGEST = Duration.ofSeconds(10);

  private static final double JITTER = 0.2;
  private static final int MOST_DOUBLINGS = 6;

  private final RandomGenerator random;
  private int doublings;

  Backoff(RandomGenerator random) {
    this.random = random;
  }

  /** The wait before the next start, at most {@link #LONGEST}. */
  Duration next() {
    double chance = 1 - JITTER + 2 * JITTER * random.nextDouble();
    long nanos = (long) ((FIRST.toNanos() << doublings) * chance);
    doublings = Math.min(doublings + 1, MOST_DOUBLINGS);
    return Duration.ofNanos(Math.min(nanos, LONGEST.toNanos()));
  }

  /** The process was well for long enough: the next wait is a short one again. */
  void reset() {
    doublings = 0;
  }
}
