// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.html;

/** One picture and the table that says the same. */
interface Chart {
  String title();

  /** One or two sentences: what is drawn, and how to read it. */
  String explanation();

  /** What a person who cannot see the picture is told. */
  String description();

  /** Draws at a width of this many pixels. */
  Svg draw(int width);

  Table table();
}
