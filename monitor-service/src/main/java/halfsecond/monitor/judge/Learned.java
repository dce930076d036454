// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.judge;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Learns the reference of a series from days on which it was quiet: whole days, because each hour
 * is different, and no more than a week, so that a slow change does not become the reference. Not
 * safe for use by several threads.
 */
final class Learned {
  private final boolean distribution;
  private final long periodSeconds;
  private final int mostDays;
  private final long least;
  private final Deque<DayOfValues> quiet = new ArrayDeque<>();
  private DayOfValues today;
  private long day = Long.MIN_VALUE;
  private boolean disturbed;
  private @Nullable Reference reference;

  /**
   * @param distribution whether distributions are to be compared
   * @param period what takes part in the reference or does not, usually a day
   * @param mostDays after which the reference stays as it is
   * @param least values before there is one
   */
  Learned(boolean distribution, Duration period, int mostDays, long least) {
    this.distribution = distribution;
    this.periodSeconds = period.toSeconds();
    this.mostDays = mostDays;
    this.least = least;
    this.today = new DayOfValues(distribution);
  }

  void add(double value, Instant at) {
    if (quiet.size() >= mostDays && reference != null) {
      return;
    }
    long now = Math.floorDiv(at.getEpochSecond(), periodSeconds);
    if (now > day) {
      if (day == Long.MIN_VALUE) {
        // A day that has begun long ago lacks some of its hours.
        disturbed =
            Math.floorMod(at.getEpochSecond(), periodSeconds) * DayOfValues.HOURS > periodSeconds;
      } else {
        endDay();
      }
      day = now;
    }
    today.add(value, at);
  }

  /** What came today is not to be learned from. */
  void disturb() {
    disturbed = true;
  }

  /** Null until a whole day and enough values are known. */
  @Nullable Reference reference() {
    return reference;
  }

  private void endDay() {
    if (!disturbed && today.count() > 0) {
      quiet.add(today);
      long known = quiet.stream().mapToLong(DayOfValues::count).sum();
      if (known >= least) {
        reference = Reference.of(List.copyOf(quiet));
      }
    }
    today = new DayOfValues(distribution);
    disturbed = false;
  }
}
