// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.pipeline;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Signals that Java has no name for. */
public final class Signals {

  private Signals() {}

  /** SIGSTOP: the process freezes as it is, and its connections stay open. */
  public static void suspend(long pid) {
    send("STOP", pid);
  }

  /** SIGINT, as Ctrl-C sends it. */
  public static void interrupt(long pid) {
    send("INT", pid);
  }

  private static void send(String signal, long pid) {
    try {
      Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(pid)).start();
      if (!kill.waitFor(10, TimeUnit.SECONDS) || kill.exitValue() != 0) {
        throw new IllegalStateException("kill -" + signal + " " + pid + " failed");
      }
    } catch (IOException e) {
      throw new IllegalStateException("kill -" + signal + " " + pid + " cannot run", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
