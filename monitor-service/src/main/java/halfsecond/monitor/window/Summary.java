// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.window;

import halfsecond.monitor.record.Stage;
import halfsecond.monitor.sketch.ValueSketch;
import java.util.NavigableMap;

/**
 * What was asked for.
 *
 * @param covered what the figures cover: the span asked for, widened to whole windows and cut to
 *     what is kept
 * @param all all versions together
 * @param byVersion each version alone; empty if nothing matches, in the span or outside of it
 */
public record Summary(TimeSpan covered, Cell all, NavigableMap<String, Cell> byVersion) {
  /** The time that a stage took, in seconds. */
  public static ValueSketch latency(Cell cell, Stage stage) {
    return cell.sketch(Counting.measureOf(stage));
  }

  /** Finals whose stage took longer than its share of their budget. */
  public static long shareMisses(Cell cell, Stage stage) {
    return cell.tally(Counting.missOf(stage));
  }
}
