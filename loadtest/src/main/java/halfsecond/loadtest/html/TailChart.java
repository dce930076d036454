// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.html;

import halfsecond.loadtest.result.LoadReport.Bound;
import halfsecond.loadtest.result.RunResult.Bar;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/** Which share of the answers took longer: the tail, which a histogram hides. */
record TailChart(String title, List<Tail> tails, Bound bound) implements Chart {
  private static final int HEIGHT = 340;
  private static final double LEFT = 76;
  private static final double[] SHARES = {0.5, 0.1, 0.05, 0.01, 0.001, 0.0001};

  TailChart {
    tails = List.copyOf(tails);
  }

  /**
   * One distribution.
   *
   * @param bars at least one with a count
   */
  record Tail(String name, String style, List<Bar> bars) {
    Tail {
      bars = List.copyOf(bars);
    }

    long count() {
      return bars.stream().mapToLong(Bar::count).sum();
    }

    /** Latency and the share that took longer, down to one answer. */
    List<double[]> points() {
      List<double[]> points = new ArrayList<>();
      long above = count();
      for (Bar bar : bars) {
        if (bar.count() > 0 && points.isEmpty()) {
          points.add(new double[] {Math.max(bar.upToMillis() * 0.97, 1e-3), 1});
        }
        above -= bar.count();
        if (bar.count() > 0 && above > 0) {
          points.add(new double[] {bar.upToMillis(), above / (double) count()});
        }
      }
      points.add(new double[] {longest(), 1.0 / count()});
      return points;
    }

    private double longest() {
      return bars.stream()
          .filter(bar -> bar.count() > 0)
          .mapToDouble(Bar::upToMillis)
          .max()
          .orElse(1);
    }

    /** The latency that this share of the answers exceeds; NaN where it would be less than one. */
    double exceededBy(double share) {
      double above = count();
      for (Bar bar : bars) {
        above -= bar.count();
        if (above <= share * count()) {
          return share * count() < 1 ? Double.NaN : bar.upToMillis();
        }
      }
      return Double.NaN;
    }
  }

  @Override
  public String explanation() {
    return "The share of answers that took longer than the latency below, both axes logarithmic. "
        + "A steep line has a short tail. The promise: pass left of the bound at p"
        + Units.number(bound.percentile())
        + ".";
  }

  @Override
  public String description() {
    List<String> parts = new ArrayList<>();
    for (Tail tail : tails) {
      parts.add(tail.name() + ": 1 in 100 above " + told(tail.exceededBy(0.01)));
    }
    return title + ". " + String.join("; ", parts);
  }

  @Override
  public Svg draw(int width) {
    Svg svg = new Svg(width, HEIGHT);
    double right = width - Math.min(0.2 * width, 96);
    DoubleStream latencies =
        DoubleStream.concat(
            tails.stream().flatMap(tail -> tail.points().stream()).mapToDouble(point -> point[0]),
            DoubleStream.of(bound.millis()));
    Scale x = Scale.logOver(latencies, LEFT, right);
    long most = tails.stream().mapToLong(Tail::count).max().orElse(100);
    double least = Math.min(0.8 / most, 1 - bound.percentile() / 100);
    Plot plot = new Plot(svg, x, new Scale(true, least, 1, HEIGHT - Plot.BOTTOM, Plot.TOP));
    plot.axes("final latency", Units::millis, "share that took longer", TailChart::decade);
    promise(plot);
    Labels labels = new Labels(svg, width - 2, Plot.TOP, HEIGHT - Plot.BOTTOM);
    tails.forEach(tail -> tail(plot, labels, tail));
    return svg;
  }

  /** The corner that no line may pass through. */
  private void promise(Plot plot) {
    double y = plot.y().at(1 - bound.percentile() / 100);
    plot.svg().box(plot.x().at(bound.millis()), y, plot.x().to(), plot.y().to(), "forbidden");
    plot.boundUpright(bound.millis(), Units.millis(bound.millis()));
    plot.svg().line(plot.x().from(), y, plot.x().to(), y, "bound");
    String percentile = "p" + Units.number(bound.percentile());
    plot.svg().text(plot.x().from() + 5, y - 5, percentile, "boundname");
  }

  private static void tail(Plot plot, Labels labels, Tail tail) {
    List<double[]> line = new ArrayList<>();
    for (double[] point : tail.points()) {
      line.add(new double[] {plot.x().at(point[0]), plot.y().at(point[1])});
    }
    plot.svg().path(line, "curve " + tail.style());
    for (double share : SHARES) {
      double millis = tail.exceededBy(share);
      if (!Double.isNaN(millis)) {
        String tip = tail.name() + ": " + share(share) + " took longer than " + told(millis);
        double y = plot.y().at(share);
        plot.svg().dot(plot.x().at(millis), y, 3.5, "point " + tail.style(), tip);
      }
    }
    double[] last = line.get(line.size() - 1);
    labels.write(last[0] - 2, last[1] - 4, tail.name(), tail.style());
  }

  private static String share(double share) {
    return share >= 1 ? "all" : "1 in " + String.format(Locale.ROOT, "%,.0f", 1 / share);
  }

  private static String decade(double share) {
    double power = Math.log10(share);
    return Math.abs(power - Math.rint(power)) < 1e-6 ? share(share) : "";
  }

  private static String told(double millis) {
    return Double.isNaN(millis) ? Units.NONE : Units.millis(millis);
  }

  @Override
  public Table table() {
    List<List<String>> rows = new ArrayList<>();
    for (Tail tail : tails) {
      for (double share : SHARES) {
        rows.add(List.of(tail.name(), share(share), told(tail.exceededBy(share))));
      }
    }
    return new Table(title, List.of("series", "share", "took longer than"), rows);
  }
}
