// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.html;

import halfsecond.loadtest.result.RunResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** How much useful work is left when more is offered than a target can carry. */
record GoodputChart(Picked target) implements Chart {
  private static final int HEIGHT = 300;
  private static final double RIGHT = 76;

  @Override
  public String title() {
    return "Goodput under overload";
  }

  @Override
  public String explanation() {
    return "Finals within the bound a second, against what was offered. The dashed line is what "
        + "would be answered if nothing were ever too much; a good server stays level where it ends.";
  }

  @Override
  public String description() {
    List<String> parts = new ArrayList<>();
    for (RunResult run : target.overload()) {
      parts.add(Units.rate(run.goodputQps()) + " of " + Units.rate(run.offeredQps()));
    }
    return title() + ": " + String.join("; ", parts);
  }

  @Override
  public Svg draw(int width) {
    List<RunResult> runs = runs();
    var offered = runs.stream().mapToDouble(RunResult::offeredQps).summaryStatistics();
    double most = runs.stream().mapToDouble(RunResult::goodputQps).max().orElse(1);
    Double capacity = target.result().maxQps();
    double top = Math.max(most, capacity == null ? 0 : capacity) * 1.2;
    Svg svg = new Svg(width, HEIGHT);
    Scale x = Scale.over(offered.getMin(), offered.getMax(), Plot.LEFT, width - RIGHT);
    Plot plot = new Plot(svg, x, Scale.fromZero(top, HEIGHT - Plot.BOTTOM, Plot.TOP));
    plot.axes(
        "offered, utterances/s", Units::number, "within the bound, utterances/s", Units::number);
    ideal(plot, Math.min(top, offered.getMax()));
    List<double[]> line = new ArrayList<>();
    runs.forEach(
        run -> line.add(new double[] {x.at(run.offeredQps()), plot.y().at(run.goodputQps())}));
    svg.path(line, "curve " + target.style());
    Labels labels = new Labels(svg, width, Plot.TOP, HEIGHT - Plot.BOTTOM);
    runs.forEach(run -> point(plot, labels, run));
    return svg;
  }

  private static void ideal(Plot plot, double top) {
    List<double[]> line = new ArrayList<>();
    double low = Math.max(plot.x().low(), top / 1000);
    for (int step = 0; step <= 60; step++) {
      double rate = low + (top - low) * step / 60;
      line.add(new double[] {plot.x().at(rate), plot.y().at(rate)});
    }
    plot.svg().path(line, "thin offered");
  }

  private void point(Plot plot, Labels labels, RunResult run) {
    boolean overload = run.kind().equals("overload");
    String tip =
        Units.rate(run.goodputQps())
            + " within the bound of "
            + Units.rate(run.offeredQps())
            + " offered ("
            + run.kind()
            + ")";
    double x = plot.x().at(run.offeredQps());
    double y = plot.y().at(run.goodputQps());
    String style = run.valid() ? "point " : "hollow ";
    plot.svg().dot(x, y, overload ? 5.5 : 3, style + target.style(), tip);
    if (overload) {
      labels.write(x - 16, y - 16, multiple(run), target.style());
    }
  }

  private String multiple(RunResult run) {
    Double capacity = target.result().maxQps();
    return capacity == null
        ? Units.rate(run.goodputQps())
        : Units.times(Math.round(run.offeredQps() / capacity * 10) / 10.0);
  }

  private List<RunResult> runs() {
    List<RunResult> runs = new ArrayList<>(target.steady());
    runs.removeIf(run -> !run.valid());
    runs.addAll(target.overload());
    runs.sort(Comparator.comparingDouble(RunResult::offeredQps));
    return runs;
  }

  @Override
  public Table table() {
    List<List<String>> rows = new ArrayList<>();
    for (RunResult run : runs()) {
      rows.add(
          List.of(
              Units.rate(run.offeredQps()),
              Units.rate(run.goodputQps()),
              Units.percent(share(run.counts().refused(), run.counts().scheduled())),
              run.kind()));
    }
    return new Table(title(), List.of("offered", "within the bound", "refused", "kind"), rows);
  }

  private static double share(long part, long whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }
}
