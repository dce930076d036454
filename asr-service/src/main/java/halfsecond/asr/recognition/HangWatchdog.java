// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.recognition;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import halfsecond.common.concurrent.NamedThreads;
import halfsecond.common.concurrent.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the process when a decode thread hangs in the engine: native code cannot be interrupted, so
 * nothing less gives the thread back, and the clips of this process are decoded elsewhere.
 *
 * <p>Looks ten times within the limit, from a thread of its own. Time in which the whole process
 * was stopped is no fault of the engine: after a pause of its own the watchdog must see the same
 * call in three further looks before it believes that it hangs.
 */
public final class HangWatchdog implements AutoCloseable {
  /** Least limit: ten times as long as the longest block, which takes milliseconds to decode. */
  public static final Duration MIN_LIMIT = Duration.ofSeconds(2);

  /** Exit code of a process that crashed. */
  public static final int EXIT_CODE = 70;

  private static final Logger LOG = LoggerFactory.getLogger(HangWatchdog.class);
  private static final int LOOKS_IN_LIMIT = 10;
  private static final int SIGHTINGS = 3;

  private final List<Watched> watched;
  private final long limitNanos;
  private final long intervalNanos;
  private final Ticker ticker;
  private final Runnable halt;
  private final Object lock = new Object();

  @GuardedBy("lock")
  private boolean closed;

  // Both belong to the thread that looks.
  private long lookedNanos;
  private boolean halted;

  HangWatchdog(List<TurnClock> clocks, Duration limit, Ticker ticker, Runnable halt) {
    this.watched = clocks.stream().map(Watched::new).toList();
    this.limitNanos = limit.toNanos();
    this.intervalNanos = limitNanos / LOOKS_IN_LIMIT;
    this.ticker = ticker;
    this.halt = halt;
    this.lookedNanos = ticker.nanos();
  }

  /**
   * Watches the threads of a queue until closed.
   *
   * @param limit longest time that one block may take
   * @param halt ends the process at once, without running shutdown hooks, which could wait for the
   *     thread that hangs
   */
  public static HangWatchdog start(
      DecodeQueue queue, Duration limit, Ticker ticker, Runnable halt) {
    HangWatchdog watchdog = new HangWatchdog(queue.clocks(), limit, ticker, halt);
    Thread thread = NamedThreads.factory("asr-watchdog").newThread(watchdog::watch);
    thread.setDaemon(true);
    thread.start();
    return watchdog;
  }

  /** Looks once. */
  void look() {
    long now = ticker.nanos();
    boolean paused = now - lookedNanos > 2 * intervalNanos;
    lookedNanos = now;
    for (Watched one : watched) {
      boolean familiar = one.look(paused);
      long busyNanos = now - one.clock.sinceNanos();
      if (familiar && busyNanos >= limitNanos && !halted) {
        halted = true;
        LOG.atError()
            .addKeyValue("busy_ms", TimeUnit.NANOSECONDS.toMillis(busyNanos))
            .addKeyValue("limit_ms", TimeUnit.NANOSECONDS.toMillis(limitNanos))
            .log("the engine hangs; this process ends");
        halt.run();
      }
    }
  }

  @Override
  public void close() {
    synchronized (lock) {
      closed = true;
      lock.notifyAll();
    }
  }

  private void watch() {
    while (isOpenAfterWaiting()) {
      look();
    }
  }

  private boolean isOpenAfterWaiting() {
    synchronized (lock) {
      if (!closed) {
        try {
          // Coming back early does no harm: what counts is the time that has passed.
          TimeUnit.NANOSECONDS.timedWait(lock, intervalNanos);
        } catch (InterruptedException e) {
          LOG.debug("interrupted while waiting; closing is the only way to end this thread");
        }
      }
      return !closed;
    }
  }

  /** What was seen of one decode thread. */
  private static final class Watched {
    private final TurnClock clock;
    private long turn = TurnClock.IDLE;
    private int sightings;

    Watched(TurnClock clock) {
      this.clock = clock;
    }

    /** Whether the turn that runs was seen often enough. */
    boolean look(boolean paused) {
      long running = clock.running();
      if (running == TurnClock.IDLE || running != turn || paused) {
        turn = running;
        sightings = 0;
        return false;
      }
      sightings++;
      return sightings >= SIGHTINGS;
    }
  }
}
