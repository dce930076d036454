// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.recognition;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import halfsecond.common.concurrent.NamedThreads;
import halfsecond.common.concurrent.Ticker;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The decode threads and the clips that wait for one. A clip waits at most once, runs for one block
 * of audio and waits again, so that many clips share few threads and none is decoded by two at a
 * time. A block that runs is never interrupted: the most urgent clip waits for at most one block of
 * whichever thread is free first. Safe for use by any thread.
 */
public final class DecodeQueue implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DecodeQueue.class);

  private final Object lock = new Object();
  private final Ticker ticker;
  private final List<Thread> threads = new ArrayList<>();
  private final List<TurnClock> clocks = new ArrayList<>();

  @GuardedBy("lock")
  private final WaitingTurns waiting;

  @GuardedBy("lock")
  private boolean closed;

  /**
   * @param size number of threads
   */
  public DecodeQueue(int size, Scheduling scheduling, Ticker ticker) {
    this.ticker = ticker;
    this.waiting = new WaitingTurns(scheduling);
    ThreadFactory factory = NamedThreads.factory("asr-decode");
    for (int i = 0; i < size; i++) {
      TurnClock clock = new TurnClock();
      clocks.add(clock);
      threads.add(factory.newThread(() -> work(clock)));
    }
    threads.forEach(Thread::start);
  }

  /** Number of decode threads. */
  public int size() {
    return threads.size();
  }

  /** One for each thread. */
  List<TurnClock> clocks() {
    return List.copyOf(clocks);
  }

  /**
   * Lets the turn wait for a thread; it must not be waiting already. After {@link #close} it never
   * runs.
   *
   * @param dueNanos orders the clips of one rank, the earliest first; equal ones by age
   */
  void submit(Turn turn, DecodeRank rank, long dueNanos) {
    synchronized (lock) {
      if (!closed) {
        waiting.add(turn, rank, dueNanos);
        lock.notify();
      }
    }
  }

  /** Changes the urgency of a turn that waits, keeping its age. Does nothing if it does not. */
  void move(Turn turn, DecodeRank rank, long dueNanos) {
    synchronized (lock) {
      waiting.move(turn, rank, dueNanos);
    }
  }

  /**
   * Takes no further turn, drops those that wait, and waits for those that run (at most one block
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

  private void work(TurnClock clock) {
    for (Turn turn = next(); turn != null; turn = next()) {
      clock.begin(ticker.nanos());
      try {
        turn.run();
      } catch (RuntimeException | Error e) {
        LOG.atError().setCause(e).log("a decode task must not throw");
      } finally {
        clock.end();
      }
    }
  }

  /** Waits for a turn; null when there will be none any more. */
  private @Nullable Turn next() {
    synchronized (lock) {
      while (waiting.isEmpty() && !closed) {
        try {
          lock.wait();
        } catch (InterruptedException e) {
          // Nobody interrupts these threads; closing is the only way to end them.
          LOG.debug("interrupted while waiting for a clip");
        }
      }
      return closed ? null : waiting.poll();
    }
  }
}
