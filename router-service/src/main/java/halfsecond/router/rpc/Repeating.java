// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.rpc;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import halfsecond.common.concurrent.Scheduler;
import java.time.Duration;

/** Does something short on the timer's thread, again and again, until it is closed. */
final class Repeating implements AutoCloseable {
  private final Scheduler scheduler;
  private final Duration interval;
  private final Runnable task;
  private final Object lock = new Object();

  @GuardedBy("lock")
  private boolean closed;

  Repeating(Scheduler scheduler, Duration interval, Runnable task) {
    this.scheduler = scheduler;
    this.interval = interval;
    this.task = task;
  }

  /** The first time is after one interval. To be called once. */
  Repeating start() {
    synchronized (lock) {
      if (!closed) {
        Scheduler.Timer unused = scheduler.after(interval, this::run);
      }
    }
    return this;
  }

  private void run() {
    try {
      task.run();
    } finally {
      Repeating unused = start();
    }
  }

  @Override
  public void close() {
    synchronized (lock) {
      closed = true;
    }
  }
}
