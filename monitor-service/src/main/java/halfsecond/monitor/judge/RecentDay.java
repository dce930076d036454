// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.judge;

import halfsecond.monitor.sketch.ValueSketch;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The latest 24 hours of one series, hour by hour: always every hour of a day, so that its rhythm
 * is on both sides of a comparison. Not safe for use by several threads.
 */
final class RecentDay {
  private static final int LEAST = 500;
  private static final int HOURS = DayOfValues.HOURS;
  private static final long HOUR_SECONDS = 3_600;

  private final long[] hourOf = new long[HOURS];
  private final long[] counts = new long[HOURS];
  private final double[] sums = new double[HOURS];
  private final @Nullable ValueSketch[] sketches = new ValueSketch[HOURS];
  private long firstHour = Long.MAX_VALUE;

  /**
   * All of them together.
   *
   * @param sketch of their distribution; empty where none is kept
   */
  record Values(long count, double sum, ValueSketch sketch) {}

  void add(double value, Instant at, boolean distribution) {
    long hour = Math.floorDiv(at.getEpochSecond(), HOUR_SECONDS);
    int place = Math.floorMod(hour, HOURS);
    if (hourOf[place] > hour) {
      return;
    }
    firstHour = Math.min(firstHour, hour);
    if (hourOf[place] < hour) {
      hourOf[place] = hour;
      counts[place] = 0;
      sums[place] = 0;
      sketches[place] = null;
    }
    counts[place]++;
    sums[place] += value;
    if (distribution) {
      ValueSketch sketch = sketches[place];
      if (sketch == null) {
        sketch = new ValueSketch();
        sketches[place] = sketch;
      }
      sketch.add(value);
    }
  }

  /** Forgets all, once a change is over: what it left behind is no news. */
  void clear() {
    Arrays.fill(hourOf, Long.MIN_VALUE);
    firstHour = Long.MAX_VALUE;
  }

  /** Null while there is too little, or not yet a whole day of it. */
  @Nullable Values values(Instant now) {
    long oldest = Math.floorDiv(now.getEpochSecond(), HOUR_SECONDS) - HOURS;
    if (firstHour > oldest) {
      return null;
    }
    long count = 0;
    double sum = 0;
    ValueSketch all = new ValueSketch();
    for (int i = 0; i < HOURS; i++) {
      if (hourOf[i] > oldest) {
        count += counts[i];
        sum += sums[i];
        ValueSketch sketch = sketches[i];
        if (sketch != null) {
          all.merge(sketch);
        }
      }
    }
    return count < LEAST ? null : new Values(count, sum, all);
  }
}
