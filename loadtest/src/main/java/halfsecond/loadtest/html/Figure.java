// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.html;

/**
 * Shows a chart twice: drawn for a wide and for a narrow column, of which the style sheet shows
 * one. Text in it keeps its size that way.
 */
final class Figure {
  private static final int WIDE = 600;
  private static final int NARROW = 340;

  private Figure() {}

  static void write(Markup out, Chart chart) {
    out.open("figure").open("figcaption").element("h4", chart.title());
    out.element("p", chart.explanation()).close();
    chart.draw(WIDE).write(out, "chart wide", chart.description());
    chart.draw(NARROW).write(out, "chart narrow", chart.description());
    out.open("details", "class", "data").element("summary", "The same as a table");
    chart.table().write(out);
    out.close().close().line();
  }

  /** In place of a picture that there is no data for. */
  static void missing(Markup out, String title, String why) {
    out.open("figure", "class", "missing").open("figcaption").element("h4", title).close();
    out.element("p", why).close().line();
  }
}
