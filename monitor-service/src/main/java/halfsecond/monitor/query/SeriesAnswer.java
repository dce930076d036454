// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.query;

import halfsecond.monitor.sketch.BinnedSketch;
import halfsecond.monitor.window.Who;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A metric over time.
 *
 * @param step that was used
 */
public record SeriesAnswer(Duration step, List<Line> lines) {
  /** Of some; oldest first, without the steps that have nothing. */
  public record Line(Who who, List<Point> points) {}

  /**
   * One step.
   *
   * @param count of samples
   * @param value the metric's main number
   * @param values of a distribution or gauge; empty of others
   * @param band where the value should lie; null if that is not known
   */
  public record Point(
      Instant start, long count, double value, BinnedSketch values, @Nullable Band band) {}
}
