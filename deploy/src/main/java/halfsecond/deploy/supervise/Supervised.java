// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.supervise;

import halfsecond.common.concurrent.Scheduler;
import halfsecond.common.lifecycle.StartException;
import halfsecond.deploy.supervise.Child.Health;
import halfsecond.deploy.supervise.Snapshot.Phase;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One process that is kept running. All that changes it happens on the scheduler's thread, one
 * after the other; its methods may be called by any thread and return at once.
 *
 * <ul>
 *   <li>An end that nobody asked for is noticed at once, and the process starts again after a
 *       {@link Backoff}, which begins anew once the process has served for 5 s.
 *   <li>A process that has served and then answers no health probe for 3 s hangs: it is killed,
 *       which is then an end as any other. Probes are asked every 500 ms.
 *   <li>A first start that fails is not repeated: what is wrong then is wrong for good.
 * </ul>
 */
public final class Supervised {

  /** Loading models takes seconds, on a machine that has much else to do a minute or two. */
  static final Duration START = Duration.ofMinutes(3);

  /** A service drains for 10 s unless its configuration says otherwise. */
  static final Duration STOP = Duration.ofSeconds(20);

  static final Duration HANG = Duration.ofSeconds(3);
  static final Duration WELL = Duration.ofSeconds(5);
  static final Duration BETWEEN_PROBES = Duration.ofMillis(500);

  private static final Duration BETWEEN_FIRST_PROBES = Duration.ofMillis(100);

  /**
   * A supervisor that was itself stopped for a while finds one probe out of time, and no process to
   * blame for it.
   */
  private static final int SILENT_PROBES = 2;

  private enum Intent {
    RUN,
    REPLACE,
    STOP
  }

  private final String name;
  private final Child.Launcher launcher;
  private final Scheduler scheduler;
  private final Events events;
  private final Backoff backoff;

  // Touched by the scheduler's thread only.
  private final CrashLoop loop = new CrashLoop();
  private final List<CompletableFuture<Void>> awaitingService = new ArrayList<>();
  private final List<CompletableFuture<Void>> awaitingStop = new ArrayList<>();
  private Intent intent = Intent.STOP;
  private @Nullable Child child;
  private Scheduler.Timer nextStart = () -> {};
  private boolean served;
  private boolean everServed;
  private boolean missed;
  private int silent;
  private int restarts;
  private long startedNanos;
  private long answeredNanos;
  private long endedNanos;

  private volatile Snapshot snapshot = new Snapshot(Phase.STOPPED, 0, 0);

  /** It is not started yet. */
  public Supervised(
      String name,
      Child.Launcher launcher,
      Scheduler scheduler,
      RandomGenerator random,
      Events events) {
    this.name = name;
    this.launcher = launcher;
    this.scheduler = scheduler;
    this.events = events;
    this.backoff = new Backoff(random);
  }

  /** What it is called in messages. */
  public String name() {
    return name;
  }

  /** How it is now. */
  public Snapshot snapshot() {
    return snapshot;
  }

  /**
   * Starts it, unless it runs. Completes when it serves; exceptionally with {@link StartException}
   * when the first start fails.
   */
  public CompletableFuture<Void> start() {
    CompletableFuture<Void> serving = new CompletableFuture<>();
    post(
        () -> {
          intent = Intent.RUN;
          awaitService(serving);
          if (child == null) {
            launch();
          }
        });
    return serving;
  }

  /** Completes when it serves: at once if it does. */
  public CompletableFuture<Void> serving() {
    CompletableFuture<Void> serving = new CompletableFuture<>();
    post(() -> awaitService(serving));
    return serving;
  }

  /**
   * Drains the process and starts another. Completes when that one serves. A process that waits for
   * its next start starts at once.
   */
  public CompletableFuture<Void> replace() {
    CompletableFuture<Void> serving = new CompletableFuture<>();
    post(
        () -> {
          awaitingService.add(serving);
          if (child == null) {
            intent = Intent.RUN;
            launch();
          } else {
            intent = Intent.REPLACE;
            drain(child);
          }
        });
    return serving;
  }

  /** Drains the process and keeps it down. Completes when it has ended. */
  public CompletableFuture<Void> stop() {
    CompletableFuture<Void> stopped = new CompletableFuture<>();
    post(
        () -> {
          intent = Intent.STOP;
          nextStart.cancel();
          awaitingStop.add(stopped);
          if (child == null) {
            stopped();
          } else {
            drain(child);
          }
        });
    return stopped;
  }

  private void post(Runnable task) {
    Scheduler.Timer unused = scheduler.after(Duration.ZERO, task);
  }

  private void awaitService(CompletableFuture<Void> serving) {
    if (served && intent == Intent.RUN) {
      serving.complete(null);
    } else {
      awaitingService.add(serving);
    }
  }

  private void launch() {
    nextStart.cancel();
    served = false;
    silent = 0;
    startedNanos = scheduler.nanos();
    Child started;
    try {
      started = launcher.launch();
    } catch (IOException | RuntimeException e) {
      failed(new StartException(name + " cannot be started: " + e.getMessage(), e), -1);
      return;
    }
    child = started;
    show(Phase.STARTING);
    CompletableFuture<Void> unused =
        started.onExit().thenAccept(code -> post(() -> ended(started, code)));
    probeLater(started, BETWEEN_FIRST_PROBES);
  }

  private void probeLater(Child probed, Duration delay) {
    Scheduler.Timer unused = scheduler.after(delay, () -> probe(probed));
  }

  private void probe(Child probed) {
    if (probed == child) {
      CompletableFuture<Void> unused =
          probed.health().thenAccept(health -> post(() -> answered(probed, health)));
    }
  }

  private void answered(Child probed, Health health) {
    if (probed != child) {
      return;
    }
    long now = scheduler.nanos();
    if (health == Health.SILENT) {
      silent++;
      judgeSilence(probed, now);
    } else {
      silent = 0;
      answeredNanos = now;
    }
    if (health == Health.SERVING && !served && intent == Intent.RUN) {
      serves(probed, now);
    }
    probeLater(probed, served ? BETWEEN_PROBES : BETWEEN_FIRST_PROBES);
  }

  private void judgeSilence(Child probed, long now) {
    if (intent != Intent.RUN) {
      return;
    }
    long since = now - (served ? answeredNanos : startedNanos);
    Duration limit = served ? HANG : START;
    if (since >= limit.toNanos() && silent >= SILENT_PROBES) {
      events.hung(name, Duration.ofNanos(since));
      probed.kill();
    }
  }

  private void serves(Child serving, long now) {
    served = true;
    everServed = true;
    show(Phase.SERVING);
    if (missed) {
      missed = false;
      events.back(name, serving.pid(), Duration.ofNanos(now - endedNanos));
    }
    complete(awaitingService);
    Scheduler.Timer unused =
        scheduler.after(
            WELL,
            () -> {
              if (serving == child && silent == 0) {
                backoff.reset();
              }
            });
  }

  private void drain(Child draining) {
    show(Phase.DRAINING);
    draining.terminate();
    Scheduler.Timer unused =
        scheduler.after(
            STOP,
            () -> {
              if (draining == child) {
                draining.kill();
              }
            });
  }

  private void ended(Child gone, int code) {
    gone.release();
    if (gone != child) {
      return;
    }
    child = null;
    served = false;
    switch (intent) {
      case STOP -> stopped();
      case REPLACE -> {
        intent = Intent.RUN;
        launch();
      }
      case RUN ->
          failed(
              new StartException(name + " ended with exit code " + code + " before it served"),
              code);
    }
  }

  /** An end that nobody asked for. */
  private void failed(StartException reason, int code) {
    if (!everServed) {
      intent = Intent.STOP;
      stopped();
      List<CompletableFuture<Void>> waiting = List.copyOf(awaitingService);
      awaitingService.clear();
      waiting.forEach(serving -> serving.completeExceptionally(reason));
      return;
    }
    long now = scheduler.nanos();
    if (!missed) {
      endedNanos = now;
    }
    missed = true;
    restarts++;
    Duration delay = backoff.next();
    show(Phase.WAITING);
    events.ended(name, code, delay);
    int ends = loop.add(now);
    if (ends >= CrashLoop.ENDS) {
      events.looping(name, ends);
    }
    nextStart = scheduler.after(delay, this::launch);
  }

  private void stopped() {
    show(Phase.STOPPED);
    complete(awaitingStop);
  }

  private void show(Phase phase) {
    snapshot = new Snapshot(phase, child == null ? 0 : child.pid(), restarts);
  }

  private static void complete(List<CompletableFuture<Void>> waiting) {
    List<CompletableFuture<Void>> all = List.copyOf(waiting);
    waiting.clear();
    all.forEach(future -> future.complete(null));
  }
}
