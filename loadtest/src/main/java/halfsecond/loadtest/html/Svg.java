// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.html;

import java.util.List;

/**
 * An SVG being drawn. Colours come from the style sheet by class: {@code s0} to {@code s5} for
 * series, {@code grid}, {@code axis}, {@code bound} and so on.
 */
final class Svg {
  /** Of text in charts, in pixels; the style sheet says the same. */
  static final double TEXT = 12;

  private static final double CHARACTER = 6.9;

  private final Markup body = new Markup();
  private final double width;
  private final double height;

  Svg(double width, double height) {
    this.width = width;
    this.height = height;
  }

  /** About how wide text is. */
  static double textWidth(String text) {
    return text.length() * CHARACTER;
  }

  void line(double x1, double y1, double x2, double y2, String style) {
    body.empty("line", "class", style, "x1", px(x1), "y1", px(y1), "x2", px(x2), "y2", px(y2));
  }

  /** A rectangle between any two corners. */
  void box(double x1, double y1, double x2, double y2, String style) {
    box(x1, y1, x2, y2, style, "");
  }

  /** The same with what is told to who points at it; empty for nothing. */
  void box(double x1, double y1, double x2, double y2, String style, String tip) {
    String x = px(Math.min(x1, x2));
    String y = px(Math.min(y1, y2));
    String w = px(Math.abs(x2 - x1));
    String h = px(Math.abs(y2 - y1));
    body.open("rect", "class", style, "x", x, "y", y, "width", w, "height", h);
    tip(tip);
    body.close();
  }

  void text(double x, double y, String text, String style) {
    body.element("text", text, "class", style, "x", px(x), "y", px(y));
  }

  /** A line through points of x and y. */
  void path(List<double[]> points, String style) {
    if (points.size() > 1) {
      body.empty("path", "class", style, "d", data(points));
    }
  }

  /** The area between points and a level. */
  void area(List<double[]> points, double level, String style) {
    if (points.size() > 1) {
      String first = px(points.get(0)[0]);
      String last = px(points.get(points.size() - 1)[0]);
      String down = "L" + last + " " + px(level) + "L" + first + " " + px(level) + "Z";
      body.empty("path", "class", style, "d", data(points) + down);
    }
  }

  void dot(double x, double y, double radius, String style, String tip) {
    body.open("circle", "class", style, "cx", px(x), "cy", px(y), "r", px(radius));
    tip(tip);
    body.close();
  }

  /** Two strokes across each other: something that does not count. */
  void cross(double x, double y, double radius, String style, String tip) {
    String a = px(x - radius) + " " + px(y - radius) + "L" + px(x + radius) + " " + px(y + radius);
    String b = px(x - radius) + " " + px(y + radius) + "L" + px(x + radius) + " " + px(y - radius);
    body.open("path", "class", style, "d", "M" + a + "M" + b);
    tip(tip);
    body.close();
  }

  /** Writes the element, named by and described for screen readers. */
  void write(Markup out, String style, String label) {
    out.open(
        "svg",
        "xmlns",
        "http://www.w3.org/2000/svg",
        "class",
        style,
        "viewBox",
        "0 0 " + px(width) + " " + px(height),
        "role",
        "img",
        "aria-label",
        label);
    out.raw(body.toString()).close().line();
  }

  private void tip(String tip) {
    if (!tip.isEmpty()) {
      body.element("title", tip);
    }
  }

  private static String data(List<double[]> points) {
    StringBuilder data = new StringBuilder();
    for (double[] point : points) {
      data.append(data.length() == 0 ? 'M' : 'L').append(px(point[0])).append(' ');
      data.append(px(point[1]));
    }
    return data.toString();
  }

  private static String px(double value) {
    return Units.pixels(value);
  }
}
