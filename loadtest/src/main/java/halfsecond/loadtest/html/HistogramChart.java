// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.html;

import halfsecond.loadtest.result.LoadReport.Bound;
import halfsecond.loadtest.result.Percentiles;
import halfsecond.loadtest.result.RunResult.Bar;
import java.util.ArrayList;
import java.util.List;

/**
 * How often which final latency was seen.
 *
 * @param bars at least one, by latency
 */
record HistogramChart(List<Bar> bars, Percentiles percentiles, String style, Bound bound)
    implements Chart {
  private static final int HEIGHT = 320;
  private static final double WIDE = 25;

  HistogramChart {
    bars = List.copyOf(bars);
  }

  @Override
  public String title() {
    return "Latency distribution";
  }

  @Override
  public String explanation() {
    return "Answers by final latency, from the end of speech to the final. What is late "
        + "has the colour of the bound.";
  }

  @Override
  public String description() {
    return String.format(
        "Histogram of the final latency: half within %s, 99 %% within %s, longest %s",
        Units.millis(percentiles.p50()),
        Units.millis(percentiles.p99()),
        Units.millis(percentiles.max()));
  }

  @Override
  public Svg draw(int width) {
    Svg svg = new Svg(width, HEIGHT);
    Plot plot = new Plot(svg, horizontal(width), vertical());
    plot.axes("final latency", Units::millis, "answers", value -> Units.count((long) value));
    double from = plot.x().low();
    for (Bar bar : bars) {
      if (bar.count() > 0) {
        bar(plot, from, bar);
      }
      from = bar.upToMillis();
    }
    plot.boundUpright(bound.millis(), "bound " + Units.millis(bound.millis()));
    mark(plot, percentiles.p50(), "p50 " + Units.millis(percentiles.p50()), 30);
    mark(plot, percentiles.p99(), "p99 " + Units.millis(percentiles.p99()), 46);
    return svg;
  }

  private void bar(Plot plot, double from, Bar bar) {
    double left = plot.x().at(from);
    double right = plot.x().at(bar.upToMillis());
    double gap = right - left > 4 ? 1 : 0;
    String late = from >= bound.millis() ? "late" : style;
    String tip = Units.count(bar.count()) + " answers up to " + Units.millis(bar.upToMillis());
    double top = Math.min(plot.y().at((double) bar.count()), plot.y().from() - 1.5);
    plot.svg().box(left, plot.y().from(), Math.max(right - gap, left + 1), top, "bar " + late, tip);
  }

  private static void mark(Plot plot, double value, String label, double down) {
    double at = plot.x().at(value);
    double top = plot.y().to() + down - 8;
    plot.svg().line(at, plot.y().from(), at, top, "mark");
    boolean left = at + Svg.textWidth(label) + 6 > plot.x().to();
    plot.svg().text(left ? at - 5 : at + 5, top + 8, label, left ? "value halo end" : "value halo");
  }

  private Scale horizontal(int width) {
    double last = Math.max(bars.get(bars.size() - 1).upToMillis(), bound.millis() * 1.1);
    double first = firstUsed();
    if (first > 0 && last / first > WIDE) {
      return new Scale(true, first / 1.5, last, Plot.LEFT, width - 14);
    }
    return new Scale(false, 0, last, Plot.LEFT, width - 14);
  }

  private double firstUsed() {
    return bars.stream()
        .filter(bar -> bar.count() > 0 && bar.upToMillis() > 0)
        .mapToDouble(Bar::upToMillis)
        .findFirst()
        .orElse(0);
  }

  private Scale vertical() {
    long most = bars.stream().mapToLong(Bar::count).max().orElse(1);
    return Scale.fromZero(most * 1.12, HEIGHT - Plot.BOTTOM, Plot.TOP);
  }

  @Override
  public Table table() {
    List<List<String>> rows = new ArrayList<>();
    for (Bar bar : bars) {
      if (bar.count() > 0) {
        rows.add(List.of(Units.millis(bar.upToMillis()), Units.count(bar.count())));
      }
    }
    return new Table(title(), List.of("up to", "answers"), rows);
  }
}
