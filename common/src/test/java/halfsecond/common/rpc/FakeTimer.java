// SPDX-License-Identifier: Apache-2.0
package halfsecond.common.rpc;

import halfsecond.common.concurrent.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Runs what is due when the test moves time, on the test's thread. */
final class FakeTimer implements Scheduler {
  private record Task(long due, Runnable body) {}

  private final List<Task> tasks = new ArrayList<>();
  private long now = Duration.ofHours(3).toNanos();

  @Override
  public Timer after(Duration delay, Runnable body) {
    Task task = new Task(now + Math.max(0, delay.toNanos()), body);
    tasks.add(task);
    return () -> tasks.remove(task);
  }

  @Override
  public long nanos() {
    return now;
  }

  /** Moves time on; what becomes due sees the instant that it was due at. */
  void advance(Duration time) {
    long until = now + time.toNanos();
    while (true) {
      Task next =
          tasks.stream()
              .filter(task -> task.due() <= until)
              .min(Comparator.comparingLong(Task::due))
              .orElse(null);
      if (next == null) {
        now = until;
        return;
      }
      tasks.remove(next);
      now = next.due();
      next.body().run();
    }
  }

  /** Tasks that wait. */
  int pending() {
    return tasks.size();
  }
}
