// SPDX-License-Identifier: Apache-2.0
package halfsecond.testing;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import halfsecond.common.concurrent.Scheduler;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Runs what is due when the test moves time, on the test's thread, in order of time and then of
 * scheduling; each task sees the instant that it was scheduled for. Scheduling and cancelling are
 * safe from any thread.
 */
public final class FakeScheduler implements Scheduler {
  private record Task(long due, long order, Runnable body) {}

  private final Object lock = new Object();

  @GuardedBy("lock")
  private final PriorityQueue<Task> tasks =
      new PriorityQueue<>(Comparator.comparingLong(Task::due).thenComparingLong(Task::order));

  @GuardedBy("lock")
  private long now = Duration.ofHours(3).toNanos();

  @GuardedBy("lock")
  private long scheduled;

  @Override
  public long nanos() {
    synchronized (lock) {
      return now;
    }
  }

  @Override
  public Timer after(Duration delay, Runnable body) {
    synchronized (lock) {
      Task task = new Task(now + Math.max(0, delay.toNanos()), scheduled++, body);
      tasks.add(task);
      return () -> cancel(task);
    }
  }

  /**
   * Moves time on and runs what becomes due, also what those tasks schedule within it. What a task
   * throws ends the test.
   */
  public void advance(Duration time) {
    long until = nanos() + time.toNanos();
    for (Task task = next(until); task != null; task = next(until)) {
      task.body().run();
    }
    synchronized (lock) {
      now = until;
    }
  }

  /** Tasks that wait. */
  public int pending() {
    synchronized (lock) {
      return tasks.size();
    }
  }

  private @Nullable Task next(long until) {
    synchronized (lock) {
      Task task = tasks.peek();
      if (task == null || task.due() > until) {
        return null;
      }
      now = Math.max(now, task.due());
      return tasks.poll();
    }
  }

  private void cancel(Task task) {
    synchronized (lock) {
      tasks.remove(task);
    }
  }
}
