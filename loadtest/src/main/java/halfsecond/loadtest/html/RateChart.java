// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.html;

import halfsecond.loadtest.result.LoadReport.Bound;
import java.util.ArrayList;
import java.util.List;

/** Compares the largest rates of all targets. */
record RateChart(List<Picked> targets, Bound bound) implements Chart {
  private static final double ROW = 52;
  private static final double BAR = 20;
  private static final double VALUE = 64;

  @Override
  public String title() {
    return "Largest rate that holds the bound";
  }

  @Override
  public String explanation() {
    String text =
        "Utterances a second with p"
            + Units.number(bound.percentile())
            + " of the final latency within "
            + Units.millis(bound.millis())
            + ". More is better.";
    return isLogarithmic(scale(600))
        ? text + " Logarithmic: the same distance is the same ratio; the dot counts, not the line."
        : text;
  }

  @Override
  public String description() {
    List<String> parts = new ArrayList<>();
    targets.forEach(target -> parts.add(target.name() + ": " + value(target)));
    return title() + ". " + String.join("; ", parts);
  }

  @Override
  public Svg draw(int width) {
    double bottom = targets.size() * ROW + 6;
    Svg svg = new Svg(width, bottom + 24);
    Scale x = scale(width);
    for (double tick : x.ticks(60)) {
      svg.line(x.at(tick), 0, x.at(tick), bottom, "grid");
      svg.text(x.at(tick), bottom + 17, Units.number(tick), "tick mid");
    }
    for (int row = 0; row < targets.size(); row++) {
      row(svg, x, targets.get(row), row * ROW);
    }
    svg.line(x.from(), 0, x.from(), bottom, "axis");
    return svg;
  }

  private void row(Svg svg, Scale x, Picked target, double top) {
    double middle = top + 18 + BAR / 2 + 4;
    svg.text(x.from() + 6, top + 15, target.name(), "label " + target.style());
    Double rate = target.result().maxQps();
    if (rate == null) {
      svg.text(x.from() + 6, middle + 4, value(target), "note");
      return;
    }
    double end = x.at(rate);
    String tip = target.name() + ": " + value(target);
    if (x.logarithmic()) {
      svg.line(x.from(), middle, end, middle, "stem " + target.style());
      svg.dot(end, middle, 7, "dot " + target.style(), tip);
    } else {
      svg.box(x.from(), middle - BAR / 2, end, middle + BAR / 2, "bar " + target.style(), tip);
    }
    svg.text(end + 13, middle + 5, value(target), "value");
  }

  private Scale scale(int width) {
    var rates =
        targets.stream()
            .map(target -> target.result().maxQps())
            .filter(java.util.Objects::nonNull)
            .mapToDouble(Double::doubleValue)
            .filter(rate -> rate > 0)
            .summaryStatistics();
    if (rates.getCount() == 0) {
      return Scale.fromZero(1, 1, width - VALUE);
    }
    if (rates.getMax() / rates.getMin() > 12) {
      double low = Math.pow(10, Math.floor(Math.log10(rates.getMin()) - 0.3));
      return new Scale(true, low, rates.getMax() * 1.1, 1, width - VALUE);
    }
    return Scale.fromZero(rates.getMax(), 1, width - VALUE);
  }

  private static boolean isLogarithmic(Scale scale) {
    return scale.logarithmic();
  }

  private static String value(Picked target) {
    Double rate = target.result().maxQps();
    if (rate == null) {
      return "no rate found";
    }
    return Units.rate(rate) + (target.result().valid() ? "" : ", not valid");
  }

  @Override
  public Table table() {
    List<List<String>> rows = new ArrayList<>();
    for (Picked target : targets) {
      rows.add(List.of(target.name(), value(target), target.result().valid() ? "yes" : "no"));
    }
    return new Table(title(), List.of("target", "largest rate", "counts"), rows);
  }
}
