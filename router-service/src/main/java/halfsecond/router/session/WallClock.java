// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.session;

import halfsecond.common.concurrent.Ticker;
import java.time.Clock;
import java.time.Instant;

/**
 * Gives instants of the monotonic clock a date, by one reading of both clocks at the start of a
 * session: later jumps of the wall clock change nothing.
 */
record WallClock(Instant anchor, long anchorNanos) {
  static WallClock now(Clock clock, Ticker ticker) {
    return new WallClock(clock.instant(), ticker.nanos());
  }

  Instant at(long nanos) {
    return anchor.plusNanos(nanos - anchorNanos);
  }
}
