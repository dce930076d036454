// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.store;

import java.time.Duration;
import java.time.Instant;

/**
 * Times as the database has them: nanoseconds since 1970, which reach from 1677 to 2262. What lies
 * beyond is the first or the last of them, which nothing that is kept can be.
 */
final class EpochNanos {
  private static final long SECOND = 1_000_000_000;
  private static final long MOST_SECONDS = Long.MAX_VALUE / SECOND - 1;

  private EpochNanos() {}

  static long of(Instant time) {
    long seconds = time.getEpochSecond();
    if (seconds > MOST_SECONDS) {
      return Long.MAX_VALUE;
    }
    return seconds < -MOST_SECONDS ? Long.MIN_VALUE : seconds * SECOND + time.getNano();
  }

  /** At most 292 years; longer ones are that. */
  static long of(Duration duration) {
    return of(Instant.EPOCH.plus(duration));
  }

  static Instant instant(long nanos) {
    return Instant.ofEpochSecond(Math.floorDiv(nanos, SECOND), Math.floorMod(nanos, SECOND));
  }
}
