// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy;

import halfsecond.deploy.cli.CommandContext;
import halfsecond.deploy.cli.CommandRunner;
import halfsecond.deploy.cli.Logs;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The main class. Ctrl-C and SIGTERM interrupt the running command, which then closes what it
 * opened in its own order; the process ends when it has, with the command's exit code.
 */
public final class Halfsecond {

  /** Services drain for up to 10 s each, telemetry and models come after that. */
  private static final long STOP_SECONDS = 60;

  private Halfsecond() {}

  /** Runs one command and ends the process. */
  public static void main(String[] args) {
    CommandContext context = CommandContext.system();
    Logs.configure(context.home(), args);
    Thread command = Thread.currentThread();
    CountDownLatch done = new CountDownLatch(1);
    AtomicInteger exitCode = new AtomicInteger();
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> stop(command, done, exitCode), "halfsecond-stop"));
    exitCode.set(CommandRunner.run(context, args));
    done.countDown();
    System.exit(exitCode.get());
  }

  private static void stop(Thread command, CountDownLatch done, AtomicInteger exitCode) {
    if (done.getCount() == 0) {
      return;
    }
    command.interrupt();
    try {
      if (done.await(STOP_SECONDS, TimeUnit.SECONDS)) {
        // Without this the JVM ends with 128 + the signal's number also after a clean stop.
        Runtime.getRuntime().halt(exitCode.get());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
