// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.targets;

import halfsecond.loadtest.peer.VoskProtocolMain;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The stand-in for vosk-server, running as a process of its own until it is closed. */
final class StandInProcess implements AutoCloseable {
  private static final long GRACE_SECONDS = 10;

  private final Process process;
  private final int port;

  private StandInProcess(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Starts it with this process's Java and class path.
   *
   * @throws IOException if it ends before it serves; its words are on this process's standard error
   */
  static StandInProcess start(Path modelDirectory) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                VoskProtocolMain.class.getName(),
                modelDirectory.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith(VoskProtocolMain.LISTENING)) {
        String port = line.substring(VoskProtocolMain.LISTENING.length());
        return new StandInProcess(process, Integer.parseInt(port));
      }
    }
    process.destroyForcibly();
    throw new IOException("the stand-in for vosk-server did not start");
  }

  String address() {
    return "ws://127.0.0.1:" + port;
  }

  long pid() {
    return process.pid();
  }

  /** Ends its input and waits, at most ten seconds before it is killed. */
  @Override
  public void close() {
    try {
      process.getOutputStream().close();
      if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
