// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.html;

import java.util.function.DoubleFunction;

/** The frame of a chart with two axes: grid, tick labels, and the names of the axes. */
record Plot(Svg svg, Scale x, Scale y) {
  /** Room left of the vertical axis for its labels, in pixels. */
  static final double LEFT = 52;

  /** Room below the horizontal axis. */
  static final double BOTTOM = 40;

  /** Room above, for the name of the vertical axis. */
  static final double TOP = 26;

  /**
   * Draws grid and labels, where those are not empty; the vertical axis is named above it, so that
   * it reads across.
   */
  void axes(
      String nameX, DoubleFunction<String> labelX, String nameY, DoubleFunction<String> labelY) {
    vertical(nameY, labelY);
    svg.line(x.from(), y.from(), x.to(), y.from(), "axis");
    double free = Double.NEGATIVE_INFINITY;
    for (double tick : x.ticks(58)) {
      double at = x.at(tick);
      String label = labelX.apply(tick);
      svg.line(at, y.from(), at, y.from() + 4, "axis");
      double half = Svg.textWidth(label) / 2;
      if (at - half > free && at + half <= x.to() + 18) {
        svg.text(at, y.from() + 17, label, "tick mid");
        free = at + half + 6;
      }
    }
    if (!nameX.isEmpty()) {
      svg.text(x.to(), y.from() + 34, nameX, "name end");
    }
  }

  private void vertical(String name, DoubleFunction<String> label) {
    for (double tick : y.ticks(34)) {
      double at = y.at(tick);
      String text = label.apply(tick);
      if (!text.isEmpty()) {
        svg.line(x.from(), at, x.to(), at, "grid");
        svg.text(x.from() - 7, at + 4, text, "tick end");
      }
    }
    svg.text(0, y.to() - 12, name, "name");
  }

  /** A horizontal line that must not be crossed, with its name. */
  void boundAcross(double value, String label) {
    if (value <= y.high() && value >= y.low()) {
      double at = y.at(value);
      svg.line(x.from(), at, x.to(), at, "bound");
      svg.text(x.from() + 5, at - 5, label, "boundname");
    }
  }

  /** The same upright. */
  void boundUpright(double value, String label) {
    if (value <= x.high() && value >= x.low()) {
      double at = x.at(value);
      svg.line(at, y.from(), at, y.to(), "bound");
      boolean left = at + Svg.textWidth(label) + 6 > x.to();
      svg.text(left ? at - 5 : at + 5, y.to() + 10, label, left ? "boundname end" : "boundname");
    }
  }
}
