// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.html;

import halfsecond.loadtest.result.LatencyNames;
import halfsecond.loadtest.result.LoadReport.Bound;
import halfsecond.loadtest.result.Percentiles;
import halfsecond.loadtest.result.RunResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;

/** How fast a target says no, and how fast those are answered whom it lets in. */
record RefusalChart(Picked target, Bound bound) implements Chart {
  private static final double ROW = 58;

  @Override
  public String title() {
    return "Refused fast, answered in time";
  }

  @Override
  public String explanation() {
    return "For each overload run, from p50 (dot) to p99 (bar's end), logarithmic: refusals of new "
        + "streams from their intended start, and finals of what was let in from the end of speech.";
  }

  @Override
  public String description() {
    List<String> parts = new ArrayList<>();
    for (RunResult run : target.overload()) {
      parts.add(
          "offered "
              + Units.rate(run.offeredQps())
              + ": refusals "
              + told(refusals(run))
              + ", finals "
              + told(Picked.finals(run)));
    }
    return title() + ". " + String.join("; ", parts);
  }

  /** Whether any run measured either. */
  boolean hasRanges() {
    return target.overload().stream().anyMatch(run -> all(run).count() > 0);
  }

  @Override
  public Svg draw(int width) {
    List<RunResult> runs = target.overload();
    double base = 16 + runs.size() * ROW;
    Svg svg = new Svg(width, base + 40);
    DoubleStream values =
        DoubleStream.concat(
            runs.stream().flatMapToDouble(RefusalChart::all), DoubleStream.of(bound.millis()));
    Scale x = Scale.logOver(values, 1, width - 74);
    for (double tick : x.ticks(58)) {
      svg.line(x.at(tick), 14, x.at(tick), base, "grid");
      svg.text(Math.max(18, x.at(tick)), base + 17, Units.millis(tick), "tick mid");
    }
    svg.line(x.at(bound.millis()), 14, x.at(bound.millis()), base, "bound");
    svg.text(
        x.at(bound.millis()) - 5, 11, "bound " + Units.millis(bound.millis()), "boundname end");
    for (int row = 0; row < runs.size(); row++) {
      RunResult run = runs.get(row);
      double top = 16 + row * ROW;
      svg.text(4, top + 14, "offered " + Units.rate(run.offeredQps()), "value halo");
      refusals(run).ifPresent(range -> range(svg, x, range, top + 27, "refused", "refused"));
      Picked.finals(run)
          .ifPresent(range -> range(svg, x, range, top + 44, target.style(), "final"));
    }
    return svg;
  }

  private static void range(
      Svg svg, Scale x, Percentiles range, double y, String style, String name) {
    svg.line(x.at(range.p50()), y, x.at(range.p99()), y, "range " + style);
    svg.dot(x.at(range.p50()), y, 5, "dot " + style, name + " " + told(Optional.of(range)));
    svg.text(x.at(range.p99()) + 8, y + 4, name, "label " + style);
  }

  private static Optional<Percentiles> refusals(RunResult run) {
    return Picked.latency(run, LatencyNames.REFUSAL_AT_OPEN);
  }

  private static DoubleStream all(RunResult run) {
    return java.util.stream.Stream.of(refusals(run), Picked.finals(run))
        .flatMap(Optional::stream)
        .flatMapToDouble(range -> DoubleStream.of(range.p50(), range.p99()));
  }

  private static String told(Optional<Percentiles> range) {
    return range
        .map(it -> "p50 " + Units.millis(it.p50()) + ", p99 " + Units.millis(it.p99()))
        .orElse(Units.NONE);
  }

  @Override
  public Table table() {
    List<List<String>> rows = new ArrayList<>();
    for (RunResult run : target.overload()) {
      rows.add(
          List.of(
              Units.rate(run.offeredQps()),
              Units.count(run.counts().refused()),
              told(refusals(run)),
              told(Picked.finals(run))));
    }
    return new Table(
        title(), List.of("offered", "refused", "refusal", "final of the admitted"), rows);
  }
}
