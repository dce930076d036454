// SPDX-License-Identifier: Apache-2.0
package halfsecond.common.concurrent;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs the tasks of one session one after another, in the order in which they were given, on
 * threads shared with others. Each task sees everything that the one before it did. After a batch
 * of tasks it goes back to the end of the pool's queue, so a busy session cannot keep the others
 * waiting.
 *
 * <p>The backlog has no bound here: it is bounded by the credits given to the peer. An idle
 * instance costs a few dozen bytes.
 */
public final class SerialExecutor implements Executor {
  private static final int BATCH = 16;

  private final Executor pool;
  private final int batch;
  private final Consumer<? super Throwable> failures;
  private final Object lock = new Object();

  @GuardedBy("lock")
  private final ArrayDeque<Runnable> queue = new ArrayDeque<>(4);

  @GuardedBy("lock")
  private boolean scheduled;

  /**
   * Gives the thread back after every 16 tasks.
   *
   * @param failures told what a task threw, in the session's sequence, and what was lost if the
   *     pool refuses further work; must not throw
   */
  public SerialExecutor(Executor pool, Consumer<? super Throwable> failures) {
    this(pool, BATCH, failures);
  }

  /**
   * Gives the thread back after {@code batch} tasks.
   *
   * @param batch how many tasks run before the thread is given back, at least 1
   */
  public SerialExecutor(Executor pool, int batch, Consumer<? super Throwable> failures) {
    if (batch < 1) {
      throw new IllegalArgumentException("batch must be at least 1");
    }
    this.pool = pool;
    this.batch = batch;
    this.failures = failures;
  }

  /**
   * Never runs the task before it returns, unless the pool does so itself.
   *
   * @throws RejectedExecutionException if the pool refuses; the task will not run
   */
  @Override
  public void execute(Runnable task) {
    synchronized (lock) {
      queue.add(task);
      if (scheduled) {
        return;
      }
      scheduled = true;
    }
    try {
      pool.execute(this::run);
    } catch (RejectedExecutionException e) {
      abandon(task, e);
      throw e;
    }
  }

  /** Tasks that wait to run, without the one that runs. */
  public int backlog() {
    synchronized (lock) {
      return queue.size();
    }
  }

  private void run() {
    while (true) {
      for (int i = 0; i < batch; i++) {
        Runnable task = next();
        if (task == null) {
          return;
        }
        perform(task);
      }
      if (!mustGoOn()) {
        return;
      }
    }
  }

  /**
   * Gives the thread back; true if the pool has no other thread for the rest and this one must go
   * on.
   */
  private boolean mustGoOn() {
    Turn turn = new Turn();
    try {
      pool.execute(turn);
    } catch (RejectedExecutionException e) {
      // The pool stops: what was accepted before is still run, here.
      return true;
    }
    turn.offering = false;
    return turn.inline;
  }

  /**
   * The next batch. A pool that runs it inside of execute() only leaves a mark, so the stack does
   * not grow with the backlog.
   */
  private final class Turn implements Runnable {
    private final Thread giver = Thread.currentThread();
    // Both touched by the giver alone.
    private boolean offering = true;
    private boolean inline;

    @Override
    public void run() {
      if (Thread.currentThread() == giver && offering) {
        inline = true;
      } else {
        SerialExecutor.this.run();
      }
    }
  }

  private void perform(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error e) {
      failures.accept(e);
    }
  }

  private @Nullable Runnable next() {
    synchronized (lock) {
      Runnable task = queue.poll();
      if (task == null) {
        scheduled = false;
      }
      return task;
    }
  }

  /**
   * Others may have queued behind the refused task, trusting its run; they are reported, not
   * forgotten.
   */
  private void abandon(Runnable refused, RejectedExecutionException cause) {
    List<Runnable> others;
    synchronized (lock) {
      others = new ArrayList<>(queue);
      queue.clear();
      scheduled = false;
    }
    others.remove(refused);
    others.forEach(lost -> failures.accept(cause));
  }
}
