// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.judge;

import halfsecond.monitor.sketch.ValueSketch;
import java.time.Instant;

/**
 * The values of one series in one day, summed up so that days add up to a {@link Reference}. Not
 * safe for use by several threads.
 */
final class DayOfValues {
  static final int HOURS = 24;

  /** Values whose means are compared to see how much neighbours resemble each other. */
  static final int BATCH = 100;

  private static final long HOUR_SECONDS = 3_600;

  private final boolean distribution;
  private final long[] counts = new long[HOURS];
  private final double[] sums = new double[HOURS];
  private final ValueSketch sketch = new ValueSketch();
  private double squares;

  private int batchCount;
  private double batchSum;
  private double lastBatch = Double.NaN;
  private long differences;
  private double squaredDifferences;

  /**
   * @param distribution whether the values' distribution is kept too, not only how many and how
   *     large they were
   */
  DayOfValues(boolean distribution) {
    this.distribution = distribution;
  }

  /** The hour of the day, by UTC. */
  static int hour(Instant at) {
    return Math.floorMod(Math.floorDiv(at.getEpochSecond(), HOUR_SECONDS), HOURS);
  }

  void add(double value, Instant at) {
    int hour = hour(at);
    counts[hour]++;
    sums[hour] += value;
    squares += value * value;
    if (distribution) {
      sketch.add(value);
    }
    batchSum += value;
    if (++batchCount == BATCH) {
      double batch = batchSum / BATCH;
      if (!Double.isNaN(lastBatch)) {
        differences++;
        squaredDifferences += (batch - lastBatch) * (batch - lastBatch);
      }
      lastBatch = batch;
      batchCount = 0;
      batchSum = 0;
    }
  }

  long count() {
    long all = 0;
    for (long count : counts) {
      all += count;
    }
    return all;
  }

  double sum() {
    double all = 0;
    for (double sum : sums) {
      all += sum;
    }
    return all;
  }

  long count(int hour) {
    return counts[hour];
  }

  double sum(int hour) {
    return sums[hour];
  }

  /** Of the squares of the values. */
  double squares() {
    return squares;
  }

  /** Pairs of neighbouring batches. */
  long differences() {
    return differences;
  }

  /** Of the means of neighbouring batches, squared and added up. */
  double squaredDifferences() {
    return squaredDifferences;
  }

  /** Empty unless the distribution is kept. */
  ValueSketch sketch() {
    return sketch;
  }
}
