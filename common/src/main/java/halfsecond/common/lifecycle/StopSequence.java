// SPDX-License-Identifier: Apache-2.0
package halfsecond.common.lifecycle;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import halfsecond.common.concurrent.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The order in which a server stops:
 *
 * <ol>
 *   <li>its health turns away new callers,
 *   <li>it goes on serving for the propagation delay,
 *   <li>it accepts no new calls,
 *   <li>open sessions are told to give their last results and end,
 *   <li>open calls have the grace to end; then they are cut, and get the grace once more to unwind,
 *   <li>what the server worked with is closed, in the order in which it was added: executors, then
 *       native handles.
 * </ol>
 *
 * <p>A step that fails is logged and does not keep the later ones from running. Interrupting the
 * stopping thread ends the waiting, not the stopping; its flag stays set. Every step logs how long
 * it took.
 */
public final class StopSequence implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StopSequence.class);

  /** What is stopped. */
  public interface Target {
    /** Health says that no new work is welcome, and never says otherwise again. */
    void turnAway();

    /** New calls are refused from now on; open ones go on. */
    void stopAccepting();

    /** True once no call is open; false if the time ran out first. */
    boolean awaitTermination(Duration limit) throws InterruptedException;

    /** Ends the calls that are still open. */
    void cutOff();
  }

  /** Lets time pass; a test's does not. */
  @FunctionalInterface
  interface Pause {
    void pause(Duration time) throws InterruptedException;
  }

  /** A step that may be interrupted. */
  private interface Step {
    void run() throws Exception;
  }

  private record Owned(String name, AutoCloseable resource) {}

  private final String name;
  private final StopTiming timing;
  private final Target target;
  private final Ticker ticker;
  private final Pause pause;
  private final AtomicBoolean begun = new AtomicBoolean();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Object lock = new Object();

  @GuardedBy("lock")
  private final List<Runnable> finalisers = new ArrayList<>();

  @GuardedBy("lock")
  private final List<Owned> owned = new ArrayList<>();

  public StopSequence(String name, StopTiming timing, Target target) {
    this(name, timing, target, Ticker.system(), StopSequence::waitFor);
  }

  StopSequence(String name, StopTiming timing, Target target, Ticker ticker, Pause pause) {
    this.name = name;
    this.timing = timing;
    this.target = target;
    this.ticker = ticker;
    this.pause = pause;
  }

  /**
   * Adds what step 4 calls: tell sessions to finish, return without waiting for them. Runs on the
   * stopping thread.
   */
  public void onDrain(Runnable finalise) {
    synchronized (lock) {
      finalisers.add(finalise);
    }
  }

  /** Hands over what step 6 closes, after what was added before. */
  public void thenClose(String part, AutoCloseable resource) {
    synchronized (lock) {
      owned.add(new Owned(part, resource));
    }
  }

  /** Runs the sequence. A second call, from any thread, only waits for the first one to end. */
  @Override
  public void close() {
    if (!begun.compareAndSet(false, true)) {
      awaitEnd();
      return;
    }
    boolean interrupted = Thread.interrupted();
    try {
      interrupted |= step("turn_away", target::turnAway);
      interrupted |= step("propagate", () -> pause.pause(timing.propagationDelay()));
      interrupted |= step("stop_accepting", target::stopAccepting);
      for (Runnable finalise : finalisers()) {
        interrupted |= step("finalise_sessions", finalise::run);
      }
      interrupted |= step("await_calls", this::awaitOrCut);
      for (Owned part : owned()) {
        interrupted |= step(part.name(), part.resource()::close);
      }
    } finally {
      ended.countDown();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void awaitOrCut() throws InterruptedException {
    boolean quiet = false;
    try {
      quiet = target.awaitTermination(timing.grace());
    } finally {
      // Also when interrupted: calls that are cut beat calls that are left behind.
      if (!quiet) {
        target.cutOff();
      }
    }
    if (!quiet && !target.awaitTermination(timing.grace())) {
      LOG.atError().addKeyValue("server", name).log("calls are still open after they were cut");
    }
  }

  /** True if the step was interrupted. The flag is clear then, so the next steps can still wait. */
  private boolean step(String step, Step body) {
    long begin = ticker.nanos();
    boolean interrupted = false;
    try {
      body.run();
      interrupted = Thread.interrupted();
    } catch (InterruptedException e) {
      interrupted = true;
    } catch (Exception e) {
      LOG.atError()
          .setCause(e)
          .addKeyValue("server", name)
          .addKeyValue("step", step)
          .log("stop step failed");
    }
    LOG.atInfo()
        .addKeyValue("server", name)
        .addKeyValue("step", step)
        .addKeyValue("took_ms", TimeUnit.NANOSECONDS.toMillis(ticker.nanos() - begin))
        .log("stop step done");
    return interrupted;
  }

  private List<Runnable> finalisers() {
    synchronized (lock) {
      return List.copyOf(finalisers);
    }
  }

  private List<Owned> owned() {
    synchronized (lock) {
      return List.copyOf(owned);
    }
  }

  private void awaitEnd() {
    try {
      ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void waitFor(Duration time) throws InterruptedException {
    if (!time.isZero() && new CountDownLatch(1).await(time.toNanos(), TimeUnit.NANOSECONDS)) {
      throw new IllegalStateException("nobody counts this latch down");
    }
  }
}
