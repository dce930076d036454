// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.view;

import halfsecond.common.concurrent.NamedThreads;
import halfsecond.common.concurrent.Scheduler;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;

/**
 * Says that something takes long. A person sees a moving line with the elapsed time that vanishes
 * at the end; a pipe or a log gets one plain line once two seconds have passed, and one more every
 * ten. Writes to {@code err} only. Safe for use by any thread; close it when the work is over,
 * however it ended.
 */
public final class Progress implements AutoCloseable {

  static final Duration FRAME = Duration.ofMillis(120);
  static final Duration FIRST_LINE = Duration.ofSeconds(2);
  static final Duration NEXT_LINE = Duration.ofSeconds(10);
  private static final String ERASE = "\r\u001b[K";
  private static final String DOTS = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏";
  private static final String ASCII = "|/-\\";

  private final Terminal terminal;
  private final Scheduler scheduler;
  private final AutoCloseable owned;
  private final String label;
  private final long startNanos;
  private final Object lock = new Object();
  private String detail = "";
  private int frame;
  private boolean closed;
  private Scheduler.Timer timer;

  /** Begins; {@code label} says what is going on, e.g. "preparing en-small@1". */
  public static Progress start(Terminal terminal, String label) {
    ScheduledExecutorService pool = NamedThreads.timer("progress");
    return new Progress(terminal, Scheduler.on(pool), pool::shutdownNow, label);
  }

  Progress(Terminal terminal, Scheduler scheduler, AutoCloseable owned, String label) {
    this.terminal = terminal;
    this.scheduler = scheduler;
    this.owned = owned;
    this.label = label;
    this.startNanos = scheduler.nanos();
    this.timer = scheduler.after(terminal.errTty() ? FRAME : FIRST_LINE, this::tick);
  }

  /** What is being done right now, e.g. "42 %". */
  public void update(String now) {
    synchronized (lock) {
      detail = now;
    }
  }

  /** Ends and leaves no trace on a screen. */
  @Override
  public void close() {
    synchronized (lock) {
      if (closed) {
        return;
      }
      closed = true;
      timer.cancel();
      if (terminal.errTty() && frame > 0) {
        terminal.err().print(ERASE);
        terminal.err().flush();
      }
    }
    try {
      owned.close();
    } catch (Exception e) {
      throw new IllegalStateException("cannot stop the progress line", e);
    }
  }

  private void tick() {
    synchronized (lock) {
      if (closed) {
        return;
      }
      if (terminal.errTty()) {
        String frames = terminal.unicode() ? DOTS : ASCII;
        terminal.err().print(ERASE + frames.charAt(frame++ % frames.length()) + " " + text());
        timer = scheduler.after(FRAME, this::tick);
      } else {
        terminal.err().println(text());
        timer = scheduler.after(NEXT_LINE, this::tick);
      }
      terminal.err().flush();
    }
  }

  private String text() {
    long seconds = Duration.ofNanos(scheduler.nanos() - startNanos).toSeconds();
    String now = detail.isEmpty() ? "" : ": " + detail;
    return label + now + " (" + seconds + " s)";
  }
}
