// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.cli;

import halfsecond.deploy.supervise.Events;
import halfsecond.deploy.view.Terminal;
import java.time.Duration;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in one line, on standard error and in the log, what happens to supervised processes. */
final class ReportedEvents implements Events {

  private static final Logger LOG = LoggerFactory.getLogger(ReportedEvents.class);

  private final Terminal terminal;

  ReportedEvents(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void ended(String name, int exitCode, Duration restartIn) {
    LOG.atDebug().addKeyValue("process", name).addKeyValue("exit_code", exitCode).log("ended");
    say(
        "%s ended with exit code %d; starting it again in %.1f s",
        name, exitCode, seconds(restartIn));
  }

  @Override
  public void hung(String name, Duration silent) {
    LOG.atDebug().addKeyValue("process", name).log("hung");
    say("%s has not answered for %.1f s and is killed", name, seconds(silent));
  }

  @Override
  public void looping(String name, int ends) {
    LOG.atWarn()
        .addKeyValue("process", name)
        .addKeyValue("ends", ends)
        .log("process ends again and again; its own log says why");
  }

  @Override
  public void back(String name, long pid, Duration away) {
    LOG.atDebug().addKeyValue("process", name).addKeyValue("pid", pid).log("serves again");
    say("%s serves again as process %d, %.1f s after its end", name, pid, seconds(away));
  }

  private void say(String format, Object... values) {
    terminal.err().println("halfsecond: " + String.format(Locale.ROOT, format, values));
    terminal.err().flush();
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1e3;
  }
}
