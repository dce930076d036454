// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.cli;

import halfsecond.loadtest.result.LatencyNames;
import halfsecond.loadtest.result.Percentiles;
import halfsecond.loadtest.result.RunResult;
import halfsecond.loadtest.result.RunResult.Counts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Numbers of a run as lines of text. */
final class Wording {
  private Wording() {}

  /** One run, one line. */
  static String line(RunResult run) {
    Counts counts = run.counts();
    Percentiles latency = run.latencies().get(LatencyNames.FINAL);
    String tail =
        latency == null
            ? "no percentiles: " + String.join(" ", run.problems())
            : format(
                "p50 %.0f  p99 %.0f  max %.0f ms", latency.p50(), latency.p99(), latency.max());
    return format(
        "%-8s %7.2f/s %-9s %d queries, %d late or lost, %s",
        run.kind(),
        run.offeredQps(),
        run.verdict(),
        counts.scheduled(),
        counts.scheduled() - counts.withinBound(),
        tail);
  }

  /** All that a person wants to know of one run. */
  static List<String> table(RunResult run) {
    Counts counts = run.counts();
    List<String> lines = new ArrayList<>();
    lines.add(
        format(
            "offered   %.2f/s %s for %.0f s: %d queries",
            run.offeredQps(), run.arrivals(), run.seconds(), counts.scheduled()));
    lines.add(
        format(
            "answered  %d, of which %d within the bound (%.2f/s)",
            counts.answered(), counts.withinBound(), run.goodputQps()));
    lines.add(
        format(
            "not       %d refused (%d at the opening), %d failed %s, %d never answered",
            counts.refused(),
            counts.refusedAtOpen(),
            counts.failed(),
            counts.failures(),
            counts.unanswered()));
    lines.add(
        format(
            "of those  %d at the deadline, %d by a second attempt, %d in several parts, %d"
                + " duplicates",
            counts.deadline(), counts.replayed(), counts.splits(), counts.duplicates()));
    run.latencies().forEach((name, values) -> lines.add(percentiles(name, values)));
    Double words = run.accuracy().wordErrorRate();
    lines.add(
        format(
            "words     %s, %.1f %% of the answers without any",
            words == null ? "none" : format("%.1f %% wrong", 100 * words),
            100 * run.accuracy().nullRate()));
    lines.add(percentiles("generator late", run.generator().lateness()));
    run.processes()
        .forEach(
            use ->
                lines.add(
                    format(
                        "%-9s %.2f s of CPU (%.1f ms a query), %d MB at most",
                        use.service(),
                        use.cpuSeconds(),
                        1_000 * use.cpuSeconds() / Math.max(1, counts.scheduled()),
                        use.peakResidentBytes() >> 20)));
    lines.add(format("generator %.2f s of CPU", run.generator().cpuSeconds()));
    run.problems().forEach(problem -> lines.add("NOT VALID: " + problem));
    return lines;
  }

  static String format(String form, Object... values) {
    return String.format(Locale.ROOT, form, values);
  }

  private static String percentiles(String name, Percentiles values) {
    return format(
        "%-21s p50 %7.1f  p95 %7.1f  p99 %7.1f  p99.9 %7.1f  max %7.1f ms  (%d)",
        name,
        values.p50(),
        values.p95(),
        values.p99(),
        values.p999(),
        values.max(),
        values.count());
  }
}
