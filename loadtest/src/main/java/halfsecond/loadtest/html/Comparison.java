// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.html;

import halfsecond.loadtest.html.CurveChart.Curve;
import halfsecond.loadtest.html.TailChart.Tail;
import halfsecond.loadtest.result.LoadReport;
import halfsecond.loadtest.result.Percentiles;
import halfsecond.loadtest.result.RunResult;
import halfsecond.loadtest.result.RunResult.ProcessUse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All targets beside each other. */
final class Comparison {
  private final LoadReport report;
  private final List<Picked> targets;

  Comparison(LoadReport report, List<Picked> targets) {
    this.report = report;
    this.targets = targets;
  }

  void write(Markup out) {
    out.open("section", "id", "comparison").element("h2", "Targets compared");
    report
        .modelsThatDiffer()
        .ifPresent(text -> out.open("ul", "class", "problems").element("li", text).close().line());
    out.open("div", "class", "figures");
    Figure.write(out, new RateChart(targets, report.bound()));
    curves(out);
    tails(out);
    out.open("figure").open("figcaption").element("h4", "Quality and cost");
    out.element(
            "p",
            "Of the run that decided. Errors are words against the corpus's transcripts; CPU "
                + "is that of the server's processes, without the generator.")
        .close();
    quality().write(out);
    out.close().close();
    out.element("h3", "Did the generator keep up?");
    out.element(
        "p",
        "Lateness of sending against the intended instant. When it grows, a latency "
            + "would measure the generator, so that run's percentiles are not told.");
    health().write(out);
    out.close().line();
  }

  private void curves(Markup out) {
    List<Curve> curves = new ArrayList<>();
    targets.forEach(
        target ->
            curves.add(Curve.of(target.name(), target.style(), target, Percentiles::p99, true)));
    CurveChart chart = new CurveChart("p99 against offered load", curves, report.bound());
    if (chart.hasPoints()) {
      Figure.write(out, chart);
    } else {
      Figure.missing(out, chart.title(), "No run has percentiles.");
    }
  }

  private void tails(Markup out) {
    List<Tail> tails = new ArrayList<>();
    for (Picked target : targets) {
      target
          .deciding()
          .filter(run -> Picked.finals(run).isPresent())
          .map(run -> new Tail(target.name(), target.style(), run.histogram()))
          .filter(tail -> tail.count() > 0)
          .ifPresent(tails::add);
    }
    String title = "Tails, each at its largest rate";
    if (tails.isEmpty()) {
      Figure.missing(out, title, "No run has a distribution that counts.");
    } else {
      Figure.write(out, new TailChart(title, tails, report.bound()));
    }
  }

  private Table quality() {
    List<List<String>> rows = new ArrayList<>();
    for (Picked target : targets) {
      Optional<RunResult> run = target.deciding();
      rows.add(
          List.of(
              target.name(),
              run.map(it -> it.accuracy().wordErrorRate()).map(Units::percent).orElse(Units.NONE),
              run.map(it -> Units.count(it.accuracy().words())).orElse(Units.NONE),
              run.map(it -> Units.percent(it.accuracy().nullRate())).orElse(Units.NONE),
              run.flatMap(Comparison::cpuPerAnswer).map(Units::millis).orElse(Units.NONE)));
    }
    return new Table(
        "Quality and cost", List.of("target", "word errors", "words", "empty", "CPU/answer"), rows);
  }

  /** Milliseconds of one core. */
  static Optional<Double> cpuPerAnswer(RunResult run) {
    if (run.processes().isEmpty() || run.counts().answered() == 0) {
      return Optional.empty();
    }
    double cpu = run.processes().stream().mapToDouble(ProcessUse::cpuSeconds).sum();
    return Optional.of(cpu * 1000 / run.counts().answered());
  }

  private Table health() {
    List<List<String>> rows = new ArrayList<>();
    for (Picked target : targets) {
      Optional<RunResult> run = target.deciding();
      Optional<Percentiles> late = run.map(it -> it.generator().lateness());
      rows.add(
          List.of(
              target.name(),
              late.map(it -> Units.millis(it.p50())).orElse(Units.NONE),
              late.map(it -> Units.millis(it.p99())).orElse(Units.NONE),
              late.map(it -> Units.millis(it.max())).orElse(Units.NONE),
              run.map(
                      it ->
                          Units.number(it.generator().cpuSeconds() / Math.max(it.seconds(), 1e-3)))
                  .orElse(Units.NONE),
              run.map(it -> it.valid() ? "yes" : "no").orElse(Units.NONE)));
    }
    return new Table(
        "Generator",
        List.of("target", "late p50", "late p99", "late at most", "cores it took", "run counts"),
        rows);
  }
}
