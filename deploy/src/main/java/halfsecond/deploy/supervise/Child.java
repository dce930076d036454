// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.supervise;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/** One process, from its start to its end. Safe for use by any thread. */
public interface Child {

  /** What a process says about itself when asked. */
  enum Health {
    /** It takes work. */
    SERVING,
    /** It answers, and takes no work. */
    NOT_SERVING,
    /** No answer in time, or no connection. */
    SILENT
  }

  /** Makes the next process after one has ended. */
  @FunctionalInterface
  interface Launcher {
    /** Starts it and returns at once. */
    Child launch() throws IOException;
  }

  /** The operating system's number for it. */
  long pid();

  /** Completes with the exit code when it has ended, on any thread. */
  CompletableFuture<Integer> onExit();

  /** Tells it to drain and end; returns at once. */
  void terminate();

  /** Ends it at once, also when it is stopped or hangs. */
  void kill();

  /** Asks once; completes within about a second, on any thread, and never exceptionally. */
  CompletableFuture<Health> health();

  /** Called once after its end: nothing more will be asked. */
  void release();
}
