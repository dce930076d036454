// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.catalogue;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When a stream of samples last moved: when one differed from the one before, or added to a
 * counter. Not safe for use by several threads.
 */
public final class Movements {
  private double last = Double.NaN;
  private @Nullable Instant moved;

  public void sampled(Metric.Kind kind, double value, Instant at) {
    boolean moves = kind == Metric.Kind.COUNTER ? value != 0 : !Double.isNaN(last) && value != last;
    last = value;
    Instant before = moved;
    if (moves && (before == null || at.isAfter(before))) {
      moved = at;
    }
  }

  /** Empty if it never did. */
  public Optional<Instant> lastMoved() {
    return Optional.ofNullable(moved);
  }
}
