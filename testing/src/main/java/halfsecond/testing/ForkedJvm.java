// SPDX-License-Identifier: Apache-2.0
package halfsecond.testing;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A main class in a JVM of its own: for what may kill a JVM, and for what a process does at its
 * end. Always in a try-with-resources: closing kills it.
 */
public final class ForkedJvm implements AutoCloseable {
  private final Process process;
  private final Thread reader;
  private final Object lock = new Object();

  @GuardedBy("lock")
  private final StringBuilder output = new StringBuilder();

  @GuardedBy("lock")
  private boolean outputEnded;

  /** How a JVM ended: 0 to 255, above 128 by a signal, and all that it printed on both streams. */
  public record Result(int exitCode, String output) {}

  private ForkedJvm(Process process) {
    this.process = process;
    this.reader = new Thread(this::read, "forked-jvm-output");
    reader.setDaemon(true);
    reader.start();
  }

  /**
   * Runs with the test's classpath to the end. Fails the test if that takes longer than {@code
   * limit}.
   */
  public static Result run(
      Class<?> main, Duration limit, List<String> jvmOptions, String... arguments) {
    try (ForkedJvm jvm = start(main, jvmOptions, arguments)) {
      return jvm.awaitExit(limit);
    }
  }

  /** Starts with the test's classpath and returns at once. */
  public static ForkedJvm start(Class<?> main, List<String> jvmOptions, String... arguments) {
    return start(classpath(), main, jvmOptions, arguments);
  }

  /** Starts with a classpath as Java's option {@code -cp} takes it, and returns at once. */
  public static ForkedJvm start(
      String classpath, Class<?> main, List<String> jvmOptions, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // A crash must not leave files beside the sources.
    command.add("-XX:-CreateCoredumpOnCrash");
    command.add(
        "-XX:ErrorFile=" + Path.of(System.getProperty("java.io.tmpdir"), "hs_err_pid%p.log"));
    command.addAll(jvmOptions);
    command.addAll(List.of("-cp", classpath, main.getName()));
    command.addAll(List.of(arguments));
    try {
      return new ForkedJvm(new ProcessBuilder(command).redirectErrorStream(true).start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public long pid() {
    return process.pid();
  }

  /** Asks it to end, as an operator would (SIGTERM). */
  public void terminate() {
    // Process.destroy() would also close the output, and what is said while ending would be lost.
    process.toHandle().destroy();
  }

  /** Kills it (SIGKILL). */
  public void kill() {
    process.destroyForcibly();
  }

  /**
   * Waits until {@code text} was printed. Fails the test if it ends without that or the time runs
   * out.
   */
  public void awaitOutput(String text, Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    try {
      synchronized (lock) {
        while (output.indexOf(text) < 0) {
          long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
          if (outputEnded || left <= 0) {
            throw new AssertionError("the JVM never printed '" + text + "' but:\n" + output);
          }
          lock.wait(left);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting for output", e);
    }
  }

  /** Waits for its end. Fails the test, and kills it, if the time runs out. */
  public Result awaitExit(Duration limit) {
    try {
      if (!process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS)) {
        kill();
        throw new AssertionError(
            "the JVM did not end within " + limit + "; it printed:\n" + output());
      }
      reader.join(limit.toMillis());
      return new Result(process.exitValue(), output());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting for the JVM", e);
    }
  }

  /** What it has printed so far. */
  public String output() {
    synchronized (lock) {
      return output.toString();
    }
  }

  @Override
  public void close() {
    kill();
  }

  private void read() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        append(line);
      }
    } catch (IOException e) {
      // The stream of a killed process just ends in this way.
      append("(output cut: " + e.getMessage() + ")");
    } finally {
      synchronized (lock) {
        outputEnded = true;
        lock.notifyAll();
      }
    }
  }

  private void append(String line) {
    synchronized (lock) {
      output.append(line).append('\n');
      lock.notifyAll();
    }
  }

  /**
   * Surefire's own java.class.path is a jar that vanishes with the parent; it names the real one in
   * a property.
   */
  private static String classpath() {
    String path = Optional.ofNullable(System.getProperty("surefire.test.class.path")).orElse("");
    return path.isBlank() ? System.getProperty("java.class.path") : path;
  }
}
