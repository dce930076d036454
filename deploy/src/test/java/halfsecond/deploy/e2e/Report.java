// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What a run measured, one file a test class below {@code target/e2e}. Figures to read, nothing to
 * assert.
 */
final class Report {

  private final StringBuilder text = new StringBuilder();
  private final Path file;

  Report(String name) {
    this.file = Path.of("target", "e2e", name + ".txt");
  }

  /** Adds a line and writes the file, so that a failing test leaves what it had. */
  void line(String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append(System.lineSeparator());
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** E.g. {@code n 10, median 213 ms, maximum 240 ms}. */
  static String spread(List<Duration> durations) {
    long[] micros =
        durations.stream().mapToLong(duration -> duration.toNanos() / 1000).sorted().toArray();
    if (micros.length == 0) {
      return "none";
    }
    long median = micros[micros.length / 2];
    long maximum = Arrays.stream(micros).max().getAsLong();
    return String.format(
        Locale.ROOT,
        "n %d, median %.1f ms, maximum %.1f ms",
        micros.length,
        median / 1e3,
        maximum / 1e3);
  }

  /** The smallest duration that so many percent do not exceed; zero of none. */
  static Duration percentile(List<Duration> durations, int percent) {
    List<Duration> sorted = durations.stream().sorted().toList();
    return sorted.isEmpty()
        ? Duration.ZERO
        : sorted.get(Math.max(0, (sorted.size() * percent + 99) / 100 - 1));
  }
}
