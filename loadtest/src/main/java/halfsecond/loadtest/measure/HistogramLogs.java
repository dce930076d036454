// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.measure;

import halfsecond.loadtest.drive.Outcome;
import halfsecond.loadtest.result.LatencyNames;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;

/**
 * Keeps every value of a run in HdrHistogram's log format, which its own tools read and merge: one
 * interval a second by intended start, tags "final", "final_uncorrected" and, for the whole run,
 * "lateness"; values in microseconds.
 */
final class HistogramLogs {
  private final Path folder;
  private int written;

  HistogramLogs(Path folder) {
    this.folder = folder;
  }

  /**
   * Writes {@code NN-kind-rate.hlog}. What a run that is not valid measured is kept all the same.
   */
  void write(RunPlan plan, Finished run, Histogram lateMicros) throws IOException {
    written++;
    String name =
        String.format(
            Locale.ROOT, "%02d-%s-%.2f.hlog", written, plan.kind(), plan.schedule().qps());
    TreeMap<Long, List<Outcome>> seconds = new TreeMap<>();
    for (Outcome outcome : run.outcomes()) {
      seconds
          .computeIfAbsent(outcome.startNanos() / 1_000_000_000L, second -> new ArrayList<>())
          .add(outcome);
    }
    try (PrintStream out =
        new PrintStream(
            Files.newOutputStream(folder.resolve(name)), false, StandardCharsets.UTF_8)) {
      HistogramLogWriter writer = new HistogramLogWriter(out);
      writer.outputLogFormatVersion();
      writer.outputComment("[" + plan.kind() + ", values in microseconds]");
      writer.outputLegend();
      seconds.forEach(
          (second, started) -> {
            Latencies latencies = new Latencies(started);
            interval(writer, LatencyNames.FINAL, (double) second, latencies);
            interval(writer, LatencyNames.FINAL_UNCORRECTED, (double) second, latencies);
          });
      Histogram late = lateMicros.copy();
      late.setTag("lateness");
      double lastSecond = seconds.isEmpty() ? 1 : seconds.lastKey() + 1.0;
      writer.outputIntervalHistogram(0, lastSecond, late, 1);
      if (out.checkError()) {
        throw new IOException("cannot write " + folder.resolve(name));
      }
    }
  }

  private static void interval(
      HistogramLogWriter writer, String name, double second, Latencies latencies) {
    Histogram values = latencies.of(name).micros();
    values.setTag(name);
    writer.outputIntervalHistogram(second, second + 1, values, 1);
  }
}
