// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.html;

import halfsecond.loadtest.result.LoadReport.Bound;
import halfsecond.loadtest.result.RunResult.StageShare;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the time between the end of speech and the final went, stage after stage.
 *
 * @param stages at least one, in order
 */
record WaterfallChart(List<StageShare> stages, Bound bound) implements Chart {
  private static final double ROW = 46;
  private static final double BAR = 18;

  WaterfallChart {
    stages = List.copyOf(stages);
  }

  @Override
  public String title() {
    return "Where the budget goes";
  }

  @Override
  public String explanation() {
    return "Means, each stage from where the one before ended: means add up, percentiles do not. "
        + "The thin line reaches to the stage's own p99.";
  }

  @Override
  public String description() {
    List<String> parts = new ArrayList<>();
    stages.forEach(stage -> parts.add(stage.stage() + " " + Units.millis(stage.mean())));
    return "Mean time of each stage: "
        + String.join(", ", parts)
        + "; of "
        + Units.millis(bound.millis());
  }

  @Override
  public Svg draw(int width) {
    double base = 22 + (stages.size() + 1) * ROW;
    Svg svg = new Svg(width, base + 26);
    double most = Math.max(bound.millis(), furthest());
    Scale x = new Scale(false, 0, most * 1.02, 1, width - 16);
    for (double tick : x.ticks(70)) {
      svg.line(x.at(tick), 20, x.at(tick), base, "grid");
      svg.text(Math.max(x.at(tick), 14), base + 17, Units.number(tick), "tick mid");
    }
    svg.line(x.at(bound.millis()), 14, x.at(bound.millis()), base, "bound");
    String budget = "budget " + Units.millis(bound.millis());
    svg.text(x.at(bound.millis()) - 5, 12, budget, "boundname end");
    double start = 0;
    for (int row = 0; row < stages.size(); row++) {
      stage(svg, x, stages.get(row), start, 22 + row * ROW);
      start += stages.get(row).mean();
    }
    left(svg, x, start, 22 + stages.size() * ROW);
    return svg;
  }

  private static void stage(Svg svg, Scale x, StageShare stage, double start, double top) {
    double middle = top + 24 + BAR / 2 - 3;
    double end = start + stage.mean();
    String numbers =
        "mean "
            + Units.millis(stage.mean())
            + " · p50 "
            + Units.millis(stage.p50())
            + " · p99 "
            + Units.millis(stage.p99());
    double tail = Math.min(x.high(), start + stage.p99());
    svg.line(x.at(start), top + 6, x.at(start), middle + BAR / 2, "guide");
    svg.line(x.at(end), middle, x.at(tail), middle, "whisker");
    svg.line(x.at(tail), middle - 5, x.at(tail), middle + 5, "whisker");
    double right = Math.max(x.at(end), x.at(start) + 2);
    String tip = stage.stage() + ": " + numbers;
    svg.box(x.at(start), middle - BAR / 2, right, middle + BAR / 2, "bar stage", tip);
    double wide = Svg.textWidth(stage.stage() + "  " + numbers);
    double at = Math.max(4, Math.min(x.at(start) + 6, x.to() - wide - 20));
    svg.text(at, top + 13, stage.stage(), "value halo");
    svg.text(at + Svg.textWidth(stage.stage()) + 12, top + 13, numbers, "tick halo");
  }

  private void left(Svg svg, Scale x, double spent, double top) {
    double left = bound.millis() - spent;
    double middle = top + 24 + BAR / 2 - 3;
    if (left > 0) {
      double end = x.at(bound.millis());
      svg.box(x.at(spent), middle - BAR / 2, end, middle + BAR / 2, "spare", "not used");
    }
    String text = left > 0 ? Units.millis(left) + " to spare on average" : "nothing to spare";
    double at = Math.max(4, Math.min(x.at(spent) + 6, x.to() - Svg.textWidth(text)));
    svg.text(at, top + 13, text, "value halo");
  }

  private double furthest() {
    double start = 0;
    double furthest = 0;
    for (StageShare stage : stages) {
      furthest = Math.max(furthest, start + Math.max(stage.mean(), stage.p99()));
      start += stage.mean();
    }
    return Math.min(furthest, bound.millis() * 3);
  }

  @Override
  public Table table() {
    List<List<String>> rows = new ArrayList<>();
    for (StageShare stage : stages) {
      rows.add(
          List.of(
              stage.stage(),
              Units.millis(stage.mean()),
              Units.millis(stage.p50()),
              Units.millis(stage.p99()),
              Units.percent(stage.mean() / bound.millis())));
    }
    return new Table(title(), List.of("stage", "mean", "p50", "p99", "of the budget"), rows);
  }
}
