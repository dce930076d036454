// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.cli;

import halfsecond.loadtest.measure.RunPlan;
import halfsecond.loadtest.measure.RunWatcher;
import halfsecond.loadtest.measure.Standing;
import java.io.PrintStream;
import java.util.Locale;

/**
 * Shows how a run goes: to a person one line that is written over every second, to a file one line
 * every ten seconds. For one thread.
 */
final class LiveLine implements RunWatcher {
  private static final String ERASE = "\r\u001b[K";
  private static final int SELDOM = 10;

  private final PrintStream err;
  private final boolean tty;
  private boolean shown;
  private long seconds;

  LiveLine(PrintStream err, boolean tty) {
    this.err = err;
    this.tty = tty;
  }

  @Override
  public void second(RunPlan plan, Standing standing, int started, int open) {
    String line =
        String.format(
            Locale.ROOT,
            "%s %.2f/s %s  %4.0f s  offered %d  open %d  answered %d  refused %d  broken %d  late"
                + " %d  p99 %.0f ms",
            plan.kind(),
            plan.schedule().qps(),
            plan.schedule().arrivals().word(),
            standing.seconds(),
            started,
            open,
            standing.answered(),
            standing.refused(),
            standing.broken(),
            standing.over(),
            standing.p99Millis());
    seconds++;
    if (tty) {
      err.print(ERASE + line);
      shown = true;
    } else if (seconds % SELDOM == 0) {
      err.println(line);
    }
    err.flush();
  }

  /** Leaves a line of its own; what was shown before goes. */
  void say(String line) {
    if (shown) {
      err.print(ERASE);
      shown = false;
    }
    err.println(line);
    err.flush();
  }
}
