// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.drive;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * A run that is under way. Closing it gives up what is open, without outcomes. Safe for use by any
 * thread; started and closed by one.
 */
public final class Drive implements AutoCloseable {
  /** Waking up more often than this costs more than it makes sharper. */
  private static final long GRAIN_NANOS = 1_000_000;

  private static final int ADMIT = 0;
  private static final int DRAIN = 1;
  private static final int ABANDON = 2;

  private final long originNanos;
  private final Consumer<Outcome> sink;
  private final List<Thread> threads = new ArrayList<>();
  private final List<PacingLoop> loops = new ArrayList<>();
  private final AtomicInteger startedCount = new AtomicInteger();
  private final AtomicInteger endedCount = new AtomicInteger();
  private volatile int mode = ADMIT;
  private volatile @Nullable Throwable crash;

  Drive(long originNanos, Consumer<Outcome> sink) {
    this.originNanos = originNanos;
    this.sink = sink;
  }

  /** Since the start of the run; negative in the instant before it. */
  public long nanos() {
    return System.nanoTime() - originNanos;
  }

  /** Queries that were started so far. */
  public int startedSoFar() {
    return startedCount.get();
  }

  /** Queries that were started and are not over. */
  public int open() {
    return startedCount.get() - endedCount.get();
  }

  /** Starts no more queries; those that are open go on. */
  public void stopStarting() {
    if (mode == ADMIT) {
      mode = DRAIN;
    }
    threads.forEach(LockSupport::unpark);
  }

  /**
   * Waits until every query is over.
   *
   * @return false when the time is up before
   * @throws IllegalStateException when the target threw; it must tell its listener instead
   */
  public boolean await(Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    for (Thread thread : threads) {
      long left = Math.max(1, (deadline - System.nanoTime()) / 1_000_000);
      thread.join(left);
      if (thread.isAlive()) {
        return false;
      }
    }
    Throwable thrown = crash;
    if (thrown != null) {
      throw new IllegalStateException("the target broke the pacing thread", thrown);
    }
    return true;
  }

  /** How late everything was done that had its time, in microseconds; once the run is over. */
  public Histogram lateMicros() {
    Histogram sum = new Histogram(loops.get(0).lateMicros());
    loops.forEach(loop -> sum.add(loop.lateMicros()));
    return sum;
  }

  @Override
  public void close() {
    mode = ABANDON;
    boolean interrupted = false;
    for (Thread thread : threads) {
      LockSupport.unpark(thread);
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

  void started() {
    startedCount.incrementAndGet();
  }

  void ended(Outcome outcome) {
    sink.accept(outcome);
    endedCount.incrementAndGet();
  }

  @SuppressWarnings("ThreadPriorityCheck") // It makes lateness smaller; nothing relies on it.
  void pace(PacingLoop loop, ThreadFactory factory) {
    Thread thread = factory.newThread(() -> run(loop));
    thread.setPriority(Thread.MAX_PRIORITY);
    threads.add(thread);
    loops.add(loop);
    thread.start();
  }

  private void run(PacingLoop loop) {
    try {
      while (mode != ABANDON) {
        if (mode == DRAIN) {
          loop.stopStarting();
        }
        long due = loop.step();
        if (due == OpenQuery.NEVER) {
          return;
        }
        LockSupport.parkNanos(Math.max(GRAIN_NANOS, due - System.nanoTime()));
      }
    } catch (RuntimeException | Error e) {
      crash = e;
    } finally {
      loop.abandon();
    }
  }
}
