// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.html;

import java.util.ArrayList;
import java.util.List;

/**
 * Writes names next to what they name, instead of a legend, so that no two are on top of each
 * other.
 */
final class Labels {
  private static final double HEIGHT = 15;

  private final List<double[]> taken = new ArrayList<>();
  private final Svg svg;
  private final double right;
  private final double top;
  private final double bottom;

  /** Labels stay left of {@code right} and between top and bottom. */
  Labels(Svg svg, double right, double top, double bottom) {
    this.svg = svg;
    this.right = right;
    this.top = top;
    this.bottom = bottom;
  }

  /** Keeps labels away from a place. */
  void avoid(double x1, double y1, double x2, double y2) {
    taken.add(new double[] {x1, y1, x2, y2});
  }

  /** Writes as near to the point as there is room. */
  void write(double x, double y, String text, String style) {
    double wide = Svg.textWidth(text) + 4;
    double left = Math.min(x + 9, right - wide);
    for (int turn = 0; turn < 24; turn++) {
      double shift = (turn % 2 == 0 ? -1 : 1) * ((turn + 1) / 2) * (HEIGHT / 2);
      double centre = y + shift;
      if (centre - HEIGHT / 2 >= top
          && centre + HEIGHT / 2 <= bottom
          && isFree(left, centre, wide)) {
        place(left, centre, wide, text, style);
        return;
      }
    }
    place(left, Math.max(top + HEIGHT / 2, Math.min(bottom - HEIGHT / 2, y)), wide, text, style);
  }

  private boolean isFree(double left, double centre, double wide) {
    return taken.stream()
        .noneMatch(
            other ->
                left < other[2]
                    && left + wide > other[0]
                    && centre - HEIGHT / 2 < other[3]
                    && centre + HEIGHT / 2 > other[1]);
  }

  private void place(double left, double centre, double wide, String text, String style) {
    avoid(left, centre - HEIGHT / 2, left + wide, centre + HEIGHT / 2);
    svg.text(left, centre + 4, text, "label " + style);
  }
}
