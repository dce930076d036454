// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.judge;

import halfsecond.monitor.sketch.ValueSketch;
import halfsecond.monitor.statistics.Ecdf;
import halfsecond.monitor.statistics.KolmogorovSmirnov;
import halfsecond.monitor.statistics.Proportion;
import halfsecond.monitor.statistics.ProportionTest;
import halfsecond.monitor.statistics.Wasserstein;
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

  /** Half of what is notable at once: what comes slowly is to be seen before it is large. */
  private static final double SLOW = 0.5;

  private static final double CONFIDENCE = 0.99;

  private final long[] hourOf = new long[HOURS];
  private final long[] counts = new long[HOURS];
  private final double[] sums = new double[HOURS];
  private final @Nullable ValueSketch[] sketches = new ValueSketch[HOURS];
  private long firstHour = Long.MAX_VALUE;

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
  @Nullable Comparison compare(Watched watched, Reference reference, Instant now) {
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
    if (count < LEAST) {
      return null;
    }
    Ecdf was = reference.distribution();
    return watched.kind() == Watched.Kind.RATE || was == null
        ? rate(watched, reference, count, sum)
        : level(watched, reference, was, all);
  }

  private static Comparison level(Watched watched, Reference reference, Ecdf was, ValueSketch all) {
    double deviation = Math.max(watched.grain(), reference.deviation());
    double ordinary = Watch.ORDINARY * reference.dayDeviation() / deviation;
    Ecdf is = all.distribution();
    double effect = Wasserstein.normalised(was, is, watched.grain());
    double rankError = all.rankError(0.5);
    KolmogorovSmirnov test = KolmogorovSmirnov.test(was, is, rankError);
    double pValue = Math.pow(test.pValue(), 1 / reference.inflation());
    return new Comparison(
        all.count(),
        reference.mean(),
        all.mean(),
        Math.copySign(effect, all.mean() - reference.mean()),
        Math.max(watched.notable() * SLOW, ordinary),
        pValue,
        reference.count());
  }

  private static Comparison rate(Watched watched, Reference reference, long count, double sum) {
    long events = Math.round(sum);
    long before = Math.round(reference.mean() * reference.count());
    ProportionTest test =
        ProportionTest.of(
            new Proportion(before, reference.count()), new Proportion(events, count), CONFIDENCE);
    double ordinary = Watch.ORDINARY * reference.dayDeviation();
    double notable = Math.max(Watch.LEAST_DIFFERENCE, reference.mean() * watched.notable() * SLOW);
    return new Comparison(
        count,
        reference.mean(),
        sum / count,
        test.difference(),
        Math.max(notable, ordinary),
        Math.pow(test.pValue(), 1 / reference.inflation()),
        reference.count());
  }
}
