// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.recognition;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import halfsecond.common.concurrent.NamedThreads;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.ThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The decode threads and the clips that wait for one. A clip waits at most once, runs for one block
 * of audio and goes back to the end of its rank, so that many clips share few threads and none is
 * decoded by two at a time. Safe for use by any thread.
 */
public final class DecodeQueue implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DecodeQueue.class);

  private final Object lock = new Object();
  private final List<Thread> threads = new ArrayList<>();

  @GuardedBy("lock")
  private final PriorityQueue<Entry> waiting =
      new PriorityQueue<>(Comparator.comparing(Entry::rank).thenComparingLong(Entry::order));

  @GuardedBy("lock")
  private long submitted;

  @GuardedBy("lock")
  private boolean closed;

  private record Entry(Runnable task, DecodeRank rank, long order) {}

  public DecodeQueue(int size) {
    ThreadFactory factory = NamedThreads.factory("asr-decode");
    for (int i = 0; i < size; i++) {
      Thread thread = factory.newThread(this::work);
      threads.add(thread);
      thread.start();
    }
  }

  /** Number of decode threads. */
  public int size() {
    return threads.size();
  }

  /**
   * Lets the task wait for a thread; it must not be waiting already, and not throw. After {@link
   * #close} it never runs.
   */
  void submit(Runnable task, DecodeRank rank) {
    synchronized (lock) {
      waiting.add(new Entry(task, rank, submitted++));
      lock.notify();
    }
  }

  /** Changes the rank of a task that waits, keeping its age. Does nothing if it does not wait. */
  void promote(Runnable task, DecodeRank rank) {
    synchronized (lock) {
      for (Entry entry : waiting) {
        if (entry.task() == task) {
          waiting.remove(entry);
          waiting.add(new Entry(task, rank, entry.order()));
          return;
        }
      }
    }
  }

  /**
   * Takes no further task, drops those that wait, and waits for those that run (at most one block
   * of audio each).
   */
  @Override
  public void close() {
    synchronized (lock) {
      closed = true;
      waiting.clear();
      lock.notifyAll();
    }
    boolean interrupted = false;
    for (Thread thread : threads) {
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void work() {
    while (true) {
      Runnable task;
      synchronized (lock) {
        while (waiting.isEmpty() && !closed) {
          try {
            lock.wait();
          } catch (InterruptedException e) {
            // Nobody interrupts these threads; closing is the only way to end them.
            LOG.debug("interrupted while waiting for a clip");
          }
        }
        if (closed) {
          return;
        }
        task = waiting.remove().task();
      }
      try {
        task.run();
      } catch (RuntimeException | Error e) {
        LOG.atError().setCause(e).log("a decode task must not throw");
      }
    }
  }
}
