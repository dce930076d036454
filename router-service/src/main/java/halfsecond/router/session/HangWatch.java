// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.session;

import halfsecond.common.concurrent.Scheduler;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Notices that a backend which owes something gives no sign of life. There is one timer, which is
 * set anew only when it fires, so a message costs the reading of a clock. A timer that fires far
 * too late was held up with everything else in this process, the backend's signs included; it does
 * not count. For the session's sequence only.
 */
final class HangWatch {
  private static final long HELD_UP_NANOS = Duration.ofMillis(100).toNanos();

  private final Scheduler scheduler;
  private final Executor sequence;
  private final long limitNanos;
  private final Runnable hung;
  private boolean owing;
  private long silentSinceNanos;
  private long dueNanos;
  private Scheduler.@Nullable Timer timer;

  /**
   * @param hung called in the sequence; the watch has stopped by then
   */
  HangWatch(Scheduler scheduler, Executor sequence, Duration limit, Runnable hung) {
    this.scheduler = scheduler;
    this.sequence = sequence;
    this.limitNanos = limit.toNanos();
    this.hung = hung;
  }

  /** A sign of life. */
  void sign() {
    silentSinceNanos = scheduler.nanos();
  }

  /** Whether the backend owes something now; the silence counts from when it began to. */
  void owes(boolean something) {
    if (something && !owing) {
      sign();
    }
    owing = something;
    if (owing && timer == null) {
      arm(limitNanos);
    }
  }

  /** Whether it owes something and has been silent for longer than this. */
  boolean silentFor(Duration limit) {
    return owing && scheduler.nanos() - silentSinceNanos > limit.toNanos();
  }

  void stop() {
    owing = false;
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }

  private void arm(long nanos) {
    dueNanos = scheduler.nanos() + nanos;
    timer = scheduler.after(Duration.ofNanos(nanos), () -> sequence.execute(this::look));
  }

  private void look() {
    if (timer == null || scheduler.nanos() < dueNanos) {
      return;
    }
    timer = null;
    if (!owing) {
      return;
    }
    long now = scheduler.nanos();
    if (now - dueNanos > HELD_UP_NANOS) {
      sign();
    }
    long left = limitNanos - (now - silentSinceNanos);
    if (left > 0) {
      arm(left);
    } else {
      owing = false;
      hung.run();
    }
  }
}
