// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.html;

import halfsecond.loadtest.result.Environment;
import halfsecond.loadtest.result.LoadReport;
import halfsecond.loadtest.result.RunResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The end of the page: every run, where it was measured, how to read it and measure it again. */
final class Colophon {
  private final LoadReport report;
  private final List<Picked> targets;

  Colophon(LoadReport report, List<Picked> targets) {
    this.report = report;
    this.targets = targets;
  }

  void write(Markup out) {
    out.open("section", "id", "runs").element("h2", "Every run");
    runs().write(out);
    problems(out);
    out.close().line();
    out.open("section", "id", "environment").element("h2", "Where and how it was measured");
    out.open("dl", "class", "facts");
    facts()
        .forEach((name, value) -> out.open("div").element("dt", name).element("dd", value).close());
    out.close().element("h3", "Measure it again");
    out.open("pre", "tabindex", "0").element("code", report.command()).close().close().line();
    reading(out);
  }

  private Table runs() {
    List<List<String>> rows = new ArrayList<>();
    for (Picked target : targets) {
      for (RunResult run : target.result().runs()) {
        rows.add(row(target, run));
      }
    }
    return new Table(
        "Every run",
        List.of(
            "target",
            "kind",
            "offered",
            "arrivals",
            "length",
            "scheduled",
            "answered",
            "in bound/s",
            "refused",
            "failed",
            "cut at deadline",
            "replayed",
            "split",
            "p50",
            "p99",
            "verdict",
            "counts"),
        rows);
  }

  private static List<String> row(Picked target, RunResult run) {
    var counts = run.counts();
    var finals = Picked.finals(run);
    return List.of(
        target.name(),
        run.kind(),
        Units.rate(run.offeredQps()),
        run.arrivals() + ", seed " + run.seed(),
        Units.seconds(run.seconds()),
        Units.count(counts.scheduled()),
        Units.count(counts.answered()),
        Units.number(run.goodputQps()),
        Units.count(counts.refused()),
        Units.count(counts.failed() + counts.unanswered()),
        Units.count(counts.deadline()),
        Units.count(counts.replayed()),
        Units.count(counts.splits()),
        finals.map(found -> Units.millis(found.p50())).orElse(Units.NONE),
        finals.map(found -> Units.millis(found.p99())).orElse(Units.NONE),
        run.verdict().isEmpty() ? Units.NONE : run.verdict(),
        run.valid() ? "yes" : "no");
  }

  private void problems(Markup out) {
    List<String> lines = new ArrayList<>();
    for (Picked target : targets) {
      for (RunResult run : target.result().runs()) {
        String where = target.name() + ", " + run.kind() + " at " + Units.rate(run.offeredQps());
        run.problems().forEach(problem -> lines.add(where + ": " + problem));
        run.counts()
            .failures()
            .forEach((code, count) -> lines.add(where + ": " + Units.count(count) + " × " + code));
      }
    }
    if (!lines.isEmpty()) {
      out.element("h3", "Problems and failures by code").open("ul");
      lines.forEach(line -> out.element("li", line));
      out.close();
    }
  }

  private Map<String, String> facts() {
    Environment machine = report.environment();
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("processor", machine.cpu() + ", " + machine.cores() + " cores");
    facts.put("memory", Units.bytes(machine.memoryBytes()));
    facts.put("system", machine.os());
    facts.put("Java", machine.java());
    String commit = machine.commit().isEmpty() ? "unknown" : machine.commit();
    facts.put("commit", commit + (machine.modified() ? ", with changes of its own" : ""));
    facts.put("started", report.startedAt());
    var corpus = report.corpus();
    facts.put("corpus", corpus.name() + ": " + corpus.description());
    facts.put(
        "speech",
        Units.count(corpus.queries())
            + " queries, "
            + Units.seconds(corpus.totalSeconds())
            + " in all");
    facts.put(
        "confidence", Units.percent(report.bound().confidence()) + " that the percentile holds");
    Optional.ofNullable(machine.settings()).ifPresent(facts::putAll);
    return facts;
  }

  private void reading(Markup out) {
    out.open("section", "id", "reading").element("h2", "How to read this");
    out.open("ul", "class", "prose");
    READING.forEach(line -> out.element("li", line));
    out.close().close().line();
  }

  private static final List<String> READING =
      List.of(
          "An utterance is one stretch of speech; it is the query in queries per second.",
          "Speech is streamed in real time, and utterances start by a schedule that does not wait "
              + "for answers. A slow server therefore cannot lower the load that it is measured with.",
          "Final latency runs from the end of speech, by the audio clock from the intended start, to "
              + "the arrival of the final. Waiting for a silence long enough to be an end is part of it.",
          "Refusals, failures and answers that never came count against a rate: they are not answers "
              + "within the bound.",
          "A target's largest rate is searched as in MLPerf's server scenario: enough queries for the "
              + "percentile to hold with the stated confidence, then the winner is run again.",
          "When the generator fell behind its schedule or streams were left open, the run does not "
              + "count and its percentiles are not told.",
          "Each target ran alone on the machine, with the generator beside it. Compare only what is "
              + "in one report.");
}
