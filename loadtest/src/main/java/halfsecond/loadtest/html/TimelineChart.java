// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.html;

import halfsecond.loadtest.result.LoadReport.Bound;
import halfsecond.loadtest.result.RunResult.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Latency over the run, with what was offered, answered and refused below.
 *
 * @param slices at least two
 */
record TimelineChart(List<Slice> slices, String style, Bound bound) implements Chart {
  private static final double HEIGHT = 400;
  private static final double SPLIT = 236;

  TimelineChart {
    slices = List.copyOf(slices);
  }

  @Override
  public String title() {
    return "Over time";
  }

  @Override
  public String explanation() {
    return "Final latency of the utterances that were to start in each slice: p50 as the thick line, "
        + "p99 as the edge of the area. Below: what was offered, answered and refused a second.";
  }

  @Override
  public String description() {
    double worst = values(Slice::p99).max(Double::compare).orElse(0.0);
    return "Latency over " + Units.seconds(end()) + "; worst p99 of a slice " + Units.millis(worst);
  }

  @Override
  public Svg draw(int width) {
    Svg svg = new Svg(width, HEIGHT);
    Scale x = new Scale(false, slices.get(0).second(), end(), Plot.LEFT, width - 64);
    latency(svg, x, width);
    rates(svg, x, width);
    columns(svg, x);
    return svg;
  }

  private void latency(Svg svg, Scale x, int width) {
    double worst = values(Slice::p99).max(Double::compare).orElse(0.0);
    double base = SPLIT - 24;
    double least = values(Slice::p50).min(Double::compare).orElse(1.0);
    Scale y =
        worst > 6 * bound.millis()
            ? new Scale(true, Math.max(least / 2, 0.1), worst * 1.3, base, Plot.TOP)
            : Scale.fromZero(Math.max(worst, bound.millis() * 1.04), base, Plot.TOP);
    Plot plot = new Plot(svg, x, y);
    plot.axes("", Units::number, "final latency", Units::millis);
    List<double[]> high = line(plot, Slice::p99);
    List<double[]> middle = line(plot, Slice::p50);
    svg.area(high, base, "area " + style);
    svg.path(high, "thin " + style);
    svg.path(middle, "curve " + style);
    plot.boundAcross(bound.millis(), "bound " + Units.millis(bound.millis()));
    Labels labels = new Labels(svg, width, 0, base);
    end(labels, middle, "p50", style);
    end(labels, high, "p99", style);
  }

  private void rates(Svg svg, Scale x, int width) {
    double most = slices.stream().mapToDouble(TimelineChart::most).max().orElse(1);
    double base = HEIGHT - Plot.BOTTOM;
    Plot plot = new Plot(svg, x, Scale.fromZero(most, base, SPLIT + Plot.TOP));
    plot.axes("seconds since the start", Units::number, "utterances/s", Units::number);
    List<double[]> offered = line(plot, Slice::offeredQps);
    List<double[]> answered = line(plot, Slice::answeredQps);
    svg.path(offered, "thin offered");
    svg.path(answered, "curve " + style);
    Labels labels = new Labels(svg, width, SPLIT, base);
    end(labels, answered, "answered", style);
    end(labels, offered, "offered", "offered");
    if (slices.stream().anyMatch(slice -> slice.refusedQps() > 0)) {
      List<double[]> refused = line(plot, Slice::refusedQps);
      svg.path(refused, "curve refused");
      end(labels, refused, "refused", "refused");
    }
  }

  /** Transparent columns that tell the numbers of a slice. */
  private void columns(Svg svg, Scale x) {
    double half = (x.to() - x.from()) / Math.max(1, slices.size() - 1) / 2;
    for (Slice slice : slices) {
      double at = x.at(slice.second());
      double left = Math.max(x.from(), at - half);
      double right = Math.min(x.to(), at + half);
      svg.box(left, Plot.TOP, right, HEIGHT - Plot.BOTTOM, "column", tip(slice));
    }
  }

  private static String tip(Slice slice) {
    return String.format(
        "%s: p50 %s, p99 %s; offered %s, answered %s, refused %s",
        Units.seconds(slice.second()),
        told(slice.p50()),
        told(slice.p99()),
        Units.rate(slice.offeredQps()),
        Units.rate(slice.answeredQps()),
        Units.rate(slice.refusedQps()));
  }

  private List<double[]> line(Plot plot, Function<Slice, @Nullable Double> pick) {
    List<double[]> points = new ArrayList<>();
    for (Slice slice : slices) {
      Double value = pick.apply(slice);
      if (value != null) {
        points.add(new double[] {plot.x().at(slice.second()), plot.y().at(value)});
      }
    }
    return points;
  }

  private static void end(Labels labels, List<double[]> line, String name, String style) {
    if (!line.isEmpty()) {
      double[] last = line.get(line.size() - 1);
      labels.write(last[0] - 3, last[1], name, style);
    }
  }

  private Stream<Double> values(Function<Slice, @Nullable Double> pick) {
    return slices.stream().map(pick).filter(Objects::nonNull);
  }

  private double end() {
    return slices.get(slices.size() - 1).second();
  }

  private static double most(Slice slice) {
    return Math.max(slice.offeredQps(), Math.max(slice.answeredQps(), slice.refusedQps()));
  }

  private static String told(@Nullable Double millis) {
    return millis == null ? Units.NONE : Units.millis(millis);
  }

  @Override
  public Table table() {
    List<List<String>> rows = new ArrayList<>();
    for (Slice slice : slices) {
      rows.add(
          List.of(
              Units.seconds(slice.second()),
              told(slice.p50()),
              told(slice.p99()),
              Units.rate(slice.offeredQps()),
              Units.rate(slice.answeredQps()),
              Units.rate(slice.refusedQps()),
              Units.count(slice.open())));
    }
    return new Table(
        title(), List.of("at", "p50", "p99", "offered", "answered", "refused", "open"), rows);
  }
}
