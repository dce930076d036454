// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.html;

import halfsecond.loadtest.html.CurveChart.Curve;
import halfsecond.loadtest.html.TailChart.Tail;
import halfsecond.loadtest.result.LoadReport.Bound;
import halfsecond.loadtest.result.Percentiles;
import halfsecond.loadtest.result.RunResult;
import halfsecond.loadtest.result.RunResult.ProcessUse;
import halfsecond.loadtest.result.TargetResult.OverloadStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Everything about one target. */
final class TargetSection {
  private static final String NOT_TOLD =
      "Not drawn: this run does not count, and latencies of such a run mean nothing. ";

  private final Picked target;
  private final Bound bound;

  TargetSection(Picked target, Bound bound) {
    this.target = target;
    this.bound = bound;
  }

  /** The section's address within the page. */
  String id() {
    return "target-" + target.index();
  }

  void write(Markup out) {
    out.open("section", "id", id(), "class", "target " + target.style());
    out.element("h2", target.name());
    facts(out, target.result().facts());
    out.open("div", "class", "figures");
    curve(out);
    target
        .deciding()
        .ifPresentOrElse(
            run -> run(out, run), () -> Figure.missing(out, "Latency", "No steady run was made."));
    overload(out);
    target.deciding().ifPresent(run -> latencies(out, run));
    out.close().close().line();
  }

  private static void facts(Markup out, Map<String, String> facts) {
    if (facts.isEmpty()) {
      return;
    }
    out.open("dl", "class", "facts");
    facts.forEach(
        (name, value) -> {
          out.open("div").element("dt", name).element("dd", value).close();
        });
    out.close();
  }

  private void curve(Markup out) {
    CurveChart chart =
        new CurveChart(
            "Latency against offered load",
            List.of(
                Curve.of("p99", target.style(), target, Percentiles::p99, true),
                Curve.of("p50", target.style() + " second", target, Percentiles::p50, false)),
            bound);
    if (chart.hasPoints()) {
      Figure.write(out, chart);
    } else {
      Figure.missing(out, chart.title(), NOT_TOLD + problems());
    }
  }

  private void run(Markup out, RunResult run) {
    Optional<Percentiles> finals = Picked.finals(run);
    Tail tail = new Tail(target.name(), target.style(), run.histogram());
    if (finals.isPresent() && tail.count() > 0) {
      Figure.write(out, new HistogramChart(run.histogram(), finals.get(), target.style(), bound));
      Figure.write(out, new TailChart("Latency tail", List.of(tail), bound));
    } else {
      Figure.missing(out, "Latency distribution", NOT_TOLD + problems());
    }
    if (finals.isPresent() && run.overTime().size() > 1) {
      Figure.write(out, new TimelineChart(run.overTime(), target.style(), bound));
    }
    if (!run.stages().isEmpty()) {
      Figure.write(out, new WaterfallChart(run.stages(), bound));
    }
    processes(out, run);
  }

  private String problems() {
    return String.join(" ", target.result().problems());
  }

  private static void latencies(Markup out, RunResult run) {
    if (run.latencies().isEmpty()) {
      return;
    }
    List<List<String>> rows = new ArrayList<>();
    run.latencies().forEach((name, found) -> rows.add(row(name, found)));
    out.open("figure", "class", "span").open("figcaption").element("h4", "Every latency measured");
    out.close();
    new Table(
            "Latencies of the deciding run",
            List.of("what", "count", "mean", "p50", "p90", "p99", "p99.9", "max"),
            rows)
        .write(out);
    out.close().line();
  }

  private static List<String> row(String name, Percentiles found) {
    return List.of(
        LatencyWords.of(name),
        Units.count(found.count()),
        Units.millis(found.mean()),
        Units.millis(found.p50()),
        Units.millis(found.p90()),
        Units.millis(found.p99()),
        Units.millis(found.p999()),
        Units.millis(found.max()));
  }

  private static void processes(Markup out, RunResult run) {
    if (run.processes().isEmpty()) {
      return;
    }
    List<List<String>> rows = new ArrayList<>();
    double answered = Math.max(1, run.counts().answered());
    for (ProcessUse process : run.processes()) {
      rows.add(
          List.of(
              process.service(),
              Units.seconds(process.cpuSeconds()),
              Units.number(process.cpuSeconds() / Math.max(run.seconds(), 1e-3)),
              Units.millis(process.cpuSeconds() * 1000 / answered),
              Units.bytes(process.peakResidentBytes())));
    }
    out.open("figure").open("figcaption").element("h4", "Processes");
    out.element("p", "While the deciding run lasted; memory is the most that was resident.")
        .close();
    new Table(
            "Processes during the deciding run",
            List.of("service", "CPU", "cores", "CPU/answer", "memory"),
            rows)
        .write(out);
    out.close().line();
  }

  private void overload(Markup out) {
    if (target.overload().isEmpty()) {
      return;
    }
    Figure.write(out, new GoodputChart(target));
    RefusalChart refusals = new RefusalChart(target, bound);
    if (refusals.hasRanges()) {
      Figure.write(out, refusals);
    } else {
      Figure.missing(out, refusals.title(), "The overload runs have no latencies.");
    }
    if (!target.result().overload().isEmpty()) {
      steps(out, target.result().overload());
    }
  }

  private static void steps(Markup out, List<OverloadStep> steps) {
    List<List<String>> rows = new ArrayList<>();
    for (OverloadStep step : steps) {
      Double p99 = step.p99Ratio();
      Double refusal = step.refusalP99();
      Double recovery = step.recoverySeconds();
      rows.add(
          List.of(
              Units.times(step.factor()),
              Units.percent(step.goodputRatio()),
              p99 == null ? Units.NONE : Units.times(p99),
              refusal == null ? Units.NONE : Units.millis(refusal),
              recovery == null ? "not seen" : Units.seconds(recovery)));
    }
    out.open("figure").open("figcaption").element("h4", "Overload against capacity");
    out.element("p", "Beside the same server at capacity; normal is half of that, in time.")
        .close();
    new Table(
            "Overload against capacity",
            List.of("offered", "goodput", "p99", "refusal p99", "back to normal"),
            rows)
        .write(out);
    out.close().line();
  }
}
