// SPDX-License-Identifier: Apache-2.0
package halfsecond.common.concurrent;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Runs something later, on the timer's own thread: the task must be short and hand real work to its
 * executor. A task that throws is reported to its thread's uncaught-exception handler and disturbs
 * no other. Safe for use by any thread.
 */
public interface Scheduler extends Ticker {
  /** A task that was scheduled. */
  @FunctionalInterface
  interface Timer {
    /**
     * Prevents the run if it has not begun; otherwise nothing. Never interrupts. May be called
     * often.
     */
    void cancel();
  }

  /**
   * Runs {@code task} once after {@code delay}; a delay of zero or less means at once, still on the
   * timer's thread.
   */
  Timer after(Duration delay, Runnable task);

  /** Over a pool that the caller owns and shuts down. */
  static Scheduler on(ScheduledExecutorService pool) {
    return new Scheduler() {
      @Override
      public Timer after(Duration delay, Runnable task) {
        ScheduledFuture<?> future =
            pool.schedule(() -> NamedThreads.guarded(task), delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> future.cancel(false);
      }

      @Override
      public long nanos() {
        return System.nanoTime();
      }
    };
  }
}
