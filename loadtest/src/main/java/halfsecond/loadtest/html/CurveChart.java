// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.html;

import halfsecond.loadtest.result.LoadReport.Bound;
import halfsecond.loadtest.result.RunResult;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/**
 * Final latency against offered rate, a point for each run, and where the bound stops holding.
 *
 * @param curves at least one with a point
 */
record CurveChart(String title, List<Curve> curves, Bound bound) implements Chart {
  private static final int HEIGHT = 340;

  CurveChart {
    curves = List.copyOf(curves);
  }

  /**
   * One percentile of one target.
   *
   * @param points of runs that count, by rate
   * @param lost rates of runs whose percentiles are not known, because they were not valid
   * @param knee the largest rate that holds the bound; NaN when there is none, or it is not marked
   */
  record Curve(String name, String style, List<Point> points, List<Double> lost, double knee) {
    Curve {
      points = List.copyOf(points);
      lost = List.copyOf(lost);
    }

    /** One percentile of a target's steady runs. */
    static Curve of(
        String name,
        String style,
        Picked target,
        ToDoubleFunction<halfsecond.loadtest.result.Percentiles> pick,
        boolean marked) {
      List<Point> points = new ArrayList<>();
      List<Double> lost = new ArrayList<>();
      for (RunResult run : target.steady()) {
        var finals = Picked.finals(run);
        if (finals.isPresent()) {
          double millis = pick.applyAsDouble(finals.get());
          points.add(new Point(run.offeredQps(), millis, run.valid(), run.kind(), run.verdict()));
        } else {
          lost.add(run.offeredQps());
        }
      }
      Double knee = target.result().maxQps();
      return new Curve(name, style, points, lost, marked && knee != null ? knee : Double.NaN);
    }
  }

  /** One run. */
  record Point(double rate, double millis, boolean valid, String kind, String verdict) {}

  /** Whether there is anything to draw. */
  boolean hasPoints() {
    return curves.stream().anyMatch(curve -> !curve.points().isEmpty());
  }

  @Override
  public String explanation() {
    return "Each point is a run at one offered rate. Below the knee latency hardly depends on load; "
        + "past it the queue grows without end. A cross at the top is a run without percentiles: "
        + "the generator fell behind. A hollow point did not count for another reason.";
  }

  @Override
  public String description() {
    List<String> parts = new ArrayList<>();
    for (Curve curve : curves) {
      String knee = Double.isNaN(curve.knee()) ? "" : ", knee at " + Units.rate(curve.knee());
      parts.add(curve.name() + ": " + curve.points().size() + " runs" + knee);
    }
    return title + ". " + String.join("; ", parts);
  }

  @Override
  public Svg draw(int width) {
    Svg svg = new Svg(width, HEIGHT);
    Plot plot = new Plot(svg, horizontal(width), vertical());
    plot.axes("offered, utterances/s", Units::number, "final latency", Units::millis);
    plot.boundAcross(bound.millis(), "");
    Labels labels = new Labels(svg, width - 2, Plot.TOP, HEIGHT - Plot.BOTTOM + 4);
    curves.forEach(curve -> knee(plot, curve));
    curves.forEach(curve -> curve(plot, curve));
    String label = "bound " + Units.millis(bound.millis());
    double right = plot.x().to() - Svg.textWidth(label) - 9;
    labels.write(right, plot.y().at(bound.millis()) - 9, label, "refused");
    curves.forEach(curve -> name(plot, labels, curve));
    return svg;
  }

  private static void knee(Plot plot, Curve curve) {
    if (Double.isNaN(curve.knee())) {
      return;
    }
    double at = plot.x().at(curve.knee());
    plot.svg().line(at, plot.y().from(), at, plot.y().to(), "knee " + curve.style());
  }

  private void curve(Plot plot, Curve curve) {
    List<double[]> line = new ArrayList<>();
    for (Point point : curve.points()) {
      if (point.valid()) {
        line.add(new double[] {plot.x().at(point.rate()), plot.y().at(point.millis())});
      }
    }
    plot.svg().path(line, "curve " + curve.style());
    for (Point point : curve.points()) {
      String kind = point.kind().equals("deciding") ? "deciding" : "point";
      String style = (point.valid() ? kind : "hollow") + " " + curve.style();
      double radius = point.kind().equals("deciding") ? 5.5 : 3.5;
      double x = plot.x().at(point.rate());
      plot.svg().dot(x, plot.y().at(point.millis()), radius, style, tip(curve, point));
    }
    for (double rate : curve.lost()) {
      String tip = curve.name() + ": no percentiles at " + Units.rate(rate);
      double x = plot.x().at(rate);
      plot.svg().cross(x, plot.y().to() + 7, 4.5, "cross " + curve.style(), tip);
    }
  }

  private static void name(Plot plot, Labels labels, Curve curve) {
    if (!curve.points().isEmpty()) {
      Point last = curve.points().get(curve.points().size() - 1);
      double y = plot.y().at(last.millis());
      labels.write(plot.x().at(last.rate()), y, curve.name(), curve.style());
    }
    if (!Double.isNaN(curve.knee())) {
      String knee = Units.rate(curve.knee());
      double left = plot.x().at(curve.knee()) - Svg.textWidth(knee) - 16;
      labels.write(left, plot.y().to() + 6, knee, curve.style());
    }
  }

  private static String tip(Curve curve, Point point) {
    String verdict = point.verdict().isEmpty() ? "" : ", " + point.verdict();
    return String.format(
        "%s: %s at %s (%s%s)",
        curve.name(),
        Units.millis(point.millis()),
        Units.rate(point.rate()),
        point.kind(),
        verdict);
  }

  private Scale horizontal(int width) {
    var rates = all(Point::rate).summaryStatistics();
    double most = curves.stream().mapToDouble(Curve::knee).filter(knee -> knee > 0).max().orElse(0);
    double lost = lostRates().max().orElse(0);
    double max = Math.max(Math.max(most, lost), rates.getMax());
    double min = Math.min(rates.getMin(), lostRates().min().orElse(rates.getMin()));
    double right = width - Math.min(0.18 * width, 20 + longestName());
    return Scale.over(min, max, Plot.LEFT, right);
  }

  private double longestName() {
    return curves.stream().mapToDouble(curve -> Svg.textWidth(curve.name())).max().orElse(0);
  }

  private DoubleStream lostRates() {
    return curves.stream().flatMap(curve -> curve.lost().stream()).mapToDouble(Double::doubleValue);
  }

  private Scale vertical() {
    var values = all(Point::millis).summaryStatistics();
    double most = Math.max(values.getMax(), bound.millis() * 1.25);
    return Scale.over(values.getMin(), most, HEIGHT - Plot.BOTTOM, Plot.TOP);
  }

  private DoubleStream all(ToDoubleFunction<Point> pick) {
    return curves.stream().flatMap(curve -> curve.points().stream()).mapToDouble(pick);
  }

  @Override
  public Table table() {
    List<List<String>> rows = new ArrayList<>();
    for (Curve curve : curves) {
      for (Point point : curve.points()) {
        String counts = point.valid() ? "yes" : "no";
        rows.add(
            List.of(curve.name(), Units.rate(point.rate()), Units.millis(point.millis()), counts));
      }
      for (double rate : curve.lost()) {
        rows.add(List.of(curve.name(), Units.rate(rate), Units.NONE, "no"));
      }
    }
    return new Table(title, List.of("series", "offered", "final latency", "counts"), rows);
  }
}
