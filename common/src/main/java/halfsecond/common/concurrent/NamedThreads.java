// SPDX-License-Identifier: Apache-2.0
package halfsecond.common.concurrent;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pools whose threads carry a name ({@code name-1}, {@code name-2}, ...) and whose uncaught
 * exceptions are logged.
 */
public final class NamedThreads {
  private static final Logger LOG = LoggerFactory.getLogger(NamedThreads.class);

  private NamedThreads() {}

  /** Threads that do not keep the process alive: every pool has an owner that closes it. */
  public static ThreadFactory factory(String name) {
    AtomicInteger count = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, name + "-" + count.incrementAndGet());
      thread.setDaemon(true);
      thread.setUncaughtExceptionHandler(NamedThreads::report);
      return thread;
    };
  }

  /**
   * A fixed number of threads over a queue without a bound of its own: what feeds it must be
   * bounded by admission.
   */
  public static ExecutorService fixed(String name, int threads) {
    return new ThreadPoolExecutor(
        threads, threads, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), factory(name));
  }

  /**
   * A fixed number of threads over a bounded queue. When the queue is full the submitting thread
   * runs the task itself: for a server's callbacks that is the transport's thread, which so stops
   * reading sockets until the backlog shrinks. After shutdown new tasks are refused with {@link
   * RejectedExecutionException}.
   */
  public static ExecutorService bounded(String name, int threads, int queued) {
    return new ThreadPoolExecutor(
        threads,
        threads,
        0,
        TimeUnit.SECONDS,
        new ArrayBlockingQueue<>(queued),
        factory(name),
        (task, pool) -> {
          if (pool.isShutdown()) {
            throw new RejectedExecutionException(name + " is shut down");
          }
          task.run();
        });
  }

  /**
   * One timer thread. Cancelled tasks leave the queue at once; pending ones are dropped at
   * shutdown.
   */
  public static ScheduledExecutorService timer(String name) {
    ScheduledThreadPoolExecutor pool = new ScheduledThreadPoolExecutor(1, factory(name));
    pool.setRemoveOnCancelPolicy(true);
    pool.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    return pool;
  }

  /**
   * Closes the pool: no new tasks, what is queued runs, and after {@code grace} the rest is
   * interrupted and dropped. Interrupting the closing thread cuts the grace short and keeps its
   * flag set.
   */
  public static AutoCloseable closing(ExecutorService pool, Duration grace) {
    return () -> {
      pool.shutdown();
      boolean done = false;
      try {
        done = pool.awaitTermination(grace.toNanos(), TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      if (!done) {
        int dropped = pool.shutdownNow().size();
        LOG.atWarn().addKeyValue("dropped_tasks", dropped).log("pool did not finish in time");
      }
    };
  }

  /**
   * Runs the task; what it throws goes to the thread's handler instead of vanishing in a future
   * that nobody reads.
   */
  static void guarded(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error e) {
      Thread thread = Thread.currentThread();
      thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
    }
  }

  private static void report(Thread thread, Throwable thrown) {
    LOG.atError()
        .setCause(thrown)
        .addKeyValue("thread", thread.getName())
        .log("uncaught exception");
  }
}
