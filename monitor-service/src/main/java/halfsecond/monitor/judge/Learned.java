// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.judge;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Learns the reference of a series from periods in which it was quiet: whole ones, because each
 * hour of a day is different, and no more than a few, so that a slow change does not become the
 * reference. A period with too few values lasts into the next one, so that what is kept is bounded
 * however rare they are. Not safe for use by several threads.
 */
final class Learned {
  private final boolean distribution;
  private final Pace pace;
  private final long periodMillis;
  private final Deque<PeriodOfValues> quiet = new ArrayDeque<>();
  private PeriodOfValues current;
  private long period = Long.MIN_VALUE;
  private boolean disturbed;
  private @Nullable Reference reference;

  /**
   * @param distribution whether distributions are to be compared
   */
  Learned(boolean distribution, Pace pace) {
    this.distribution = distribution;
    this.pace = pace;
    this.periodMillis = pace.period().toMillis();
    this.current = new PeriodOfValues(distribution, pace);
  }

  void add(double value, Instant at) {
    if (quiet.size() >= pace.periods()) {
      return;
    }
    long now = Math.floorDiv(at.toEpochMilli(), periodMillis);
    if (now > period) {
      if (period == Long.MIN_VALUE) {
        // A day that has begun long ago lacks some of its hours.
        long late = Math.floorMod(at.toEpochMilli(), periodMillis);
        disturbed = pace.daily() && late * PeriodOfValues.HOURS > periodMillis;
      } else {
        endPeriod();
      }
      period = now;
    }
    current.add(value, at);
  }

  /** What came in this period is not to be learned from. */
  void disturb() {
    disturbed = true;
  }

  /** Null until a whole period and enough values are known. */
  @Nullable Reference reference() {
    return reference;
  }

  private void endPeriod() {
    if (!disturbed && current.count() < pace.leastOfPeriod()) {
      return;
    }
    if (!disturbed) {
      quiet.add(current);
      long known = quiet.stream().mapToLong(PeriodOfValues::count).sum();
      if (known >= pace.least()) {
        reference = Reference.of(List.copyOf(quiet));
      }
    }
    current = new PeriodOfValues(distribution, pace);
    disturbed = false;
  }
}
