// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.judge;

import halfsecond.monitor.sketch.ValueSketch;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The latest period of one series, part by part and always all of them: of a day every hour, so
 * that its rhythm is on both sides of a comparison. Not safe for use by several threads.
 */
final class RecentPeriod {
  private static final int PARTS = 24;

  private final long partMillis;
  private long least;
  private final long[] partOf = new long[PARTS];
  private final long[] counts = new long[PARTS];
  private final double[] sums = new double[PARTS];
  private final @Nullable ValueSketch[] sketches = new ValueSketch[PARTS];
  private long firstPart = Long.MAX_VALUE;

  /**
   * All of them together.
   *
   * @param sketch of their distribution; empty where none is kept
   */
  record Values(long count, double sum, ValueSketch sketch) {}

  RecentPeriod(Pace pace) {
    partMillis = pace.period().toMillis() / PARTS;
    least = Math.max(1, pace.least() / 2);
    clear();
  }

  void add(double value, Instant at, boolean distribution) {
    long part = Math.floorDiv(at.toEpochMilli(), partMillis);
    int place = Math.floorMod(part, PARTS);
    if (partOf[place] > part) {
      return;
    }
    firstPart = Math.min(firstPart, part);
    if (partOf[place] < part) {
      partOf[place] = part;
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

  /** So few are enough to be put beside the reference, 1 or more. */
  void least(long values) {
    least = values;
  }

  /** Forgets all, once a change is over: what it left behind is no news. */
  void clear() {
    Arrays.fill(partOf, Long.MIN_VALUE);
    firstPart = Long.MAX_VALUE;
  }

  /** Null while there is too little, or not yet a whole period of it. */
  @Nullable Values values(Instant now) {
    long oldest = Math.floorDiv(now.toEpochMilli(), partMillis) - PARTS;
    if (firstPart > oldest) {
      return null;
    }
    long count = 0;
    double sum = 0;
    ValueSketch all = new ValueSketch();
    for (int i = 0; i < PARTS; i++) {
      if (partOf[i] > oldest) {
        count += counts[i];
        sum += sums[i];
        ValueSketch sketch = sketches[i];
        if (sketch != null) {
          all.merge(sketch);
        }
      }
    }
    return count < least ? null : new Values(count, sum, all);
  }
}
