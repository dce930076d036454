// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.model;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Runs other programs: within a time, with their output kept for the error, and never left behind.
 * Not thread-safe.
 */
final class ToolRun {
  private static final int SHOWN_CHARACTERS = 2000;
  private static final long POLL_MILLIS = 250;
  private final Path directory;
  private final Map<String, String> environment;
  private final ProgressListener progress;

  /**
   * @param directory to run in; a log is written there
   * @param environment added to this process's own
   */
  ToolRun(Path directory, Map<String, String> environment, ProgressListener progress) {
    this.directory = directory;
    this.environment = environment;
    this.progress = progress;
  }

  /**
   * Waits until it ends with 0.
   *
   * @param expected how long it usually takes, for the progress
   * @throws ModelException when it fails or takes longer than the limit; with the last of what it
   *     wrote
   */
  void run(String step, Duration expected, Duration limit, List<String> command)
      throws IOException, InterruptedException {
    Path log = directory.resolve("tool.log");
    Process process = start(command, log);
    try {
      if (!await(process, step, expected, limit)) {
        throw failed(step, command, "did not end within " + limit.toSeconds() + " s", log);
      }
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    if (process.exitValue() != 0) {
      throw failed(step, command, "ended with " + process.exitValue(), log);
    }
    progress.progress(step, 100);
  }

  private Process start(List<String> command, Path log) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(command));
    builder.environment().putAll(environment);
    builder.directory(directory.toFile());
    builder.redirectErrorStream(true);
    builder.redirectOutput(log.toFile());
    Process process = builder.start();
    process.getOutputStream().close();
    return process;
  }

  private boolean await(Process process, String step, Duration expected, Duration limit)
      throws InterruptedException {
    long start = System.nanoTime();
    long elapsedNanos = 0;
    do {
      // An estimate never says that it is done.
      progress.progress(
          step, (int) Math.min(99, elapsedNanos * 100 / Math.max(1, expected.toNanos())));
      if (process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
        return true;
      }
      elapsedNanos = System.nanoTime() - start;
    } while (elapsedNanos < limit.toNanos());
    return false;
  }

  private static ModelException failed(String step, List<String> command, String how, Path log)
      throws IOException {
    String output = new String(Files.readAllBytes(log), StandardCharsets.UTF_8).strip();
    String shown = output.substring(Math.max(0, output.length() - SHOWN_CHARACTERS));
    return new ModelException(
        step
            + " failed: "
            + Path.of(command.get(0)).getFileName()
            + " "
            + how
            + (shown.isEmpty() ? " and wrote nothing" : " and wrote:\n" + shown));
  }
}
