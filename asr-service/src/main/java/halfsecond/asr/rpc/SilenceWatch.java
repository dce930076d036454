// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.rpc;

import halfsecond.common.concurrent.Scheduler;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Notices that nothing was heard for a time. One timer for the whole call, set again only when it
 * fires, since audio comes much more often. All methods are called in the call's sequence, the
 * alarm by the timer.
 */
final class SilenceWatch {
  private final Scheduler scheduler;
  private final Duration limit;
  private final Runnable alarm;
  private volatile long heardNanos;
  private volatile boolean stopped;
  private volatile Scheduler.@Nullable Timer timer;

  SilenceWatch(Scheduler scheduler, Duration limit, Runnable alarm) {
    this.scheduler = scheduler;
    this.limit = limit;
    this.alarm = alarm;
  }

  /** Begins, or begins again after an alarm. */
  void start() {
    heard();
    set(limit);
  }

  void heard() {
    heardNanos = scheduler.nanos();
  }

  void stop() {
    stopped = true;
    Scheduler.Timer pending = timer;
    if (pending != null) {
      pending.cancel();
    }
  }

  private void set(Duration delay) {
    if (!stopped) {
      timer = scheduler.after(delay, this::check);
    }
  }

  private void check() {
    Duration rest = limit.minusNanos(scheduler.nanos() - heardNanos);
    if (stopped) {
      return;
    }
    if (rest.isNegative() || rest.isZero()) {
      alarm.run();
    } else {
      set(rest);
    }
  }
}
