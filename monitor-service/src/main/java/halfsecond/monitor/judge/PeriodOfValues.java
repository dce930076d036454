// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.judge;

import halfsecond.monitor.sketch.ValueSketch;
import java.time.Instant;

/**
 * The values of one series in one period, summed up so that periods add up to a {@link Reference}.
 * Not safe for use by several threads.
 */
final class PeriodOfValues {
  static final int HOURS = 24;

  private static final long HOUR_SECONDS = 3_600;

  private final boolean distribution;
  private final int batchSize;
  private final long[] counts;
  private final double[] sums;
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
  PeriodOfValues(boolean distribution, Pace pace) {
    this.distribution = distribution;
    this.batchSize = pace.batch();
    this.counts = new long[pace.phases()];
    this.sums = new double[pace.phases()];
  }

  /**
   * The part of the day.
   *
   * @param phases 1, or 24 for the hours of the day by UTC
   */
  static int phase(Instant at, int phases) {
    return phases == 1
        ? 0
        : Math.floorMod(Math.floorDiv(at.getEpochSecond(), HOUR_SECONDS), phases);
  }

  void add(double value, Instant at) {
    int phase = phase(at, counts.length);
    counts[phase]++;
    sums[phase] += value;
    squares += value * value;
    if (distribution) {
      sketch.add(value);
    }
    batchSum += value;
    if (++batchCount == batchSize) {
      double batch = batchSum / batchSize;
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

  /** Parts of the day that are told apart. */
  int phases() {
    return counts.length;
  }

  long count(int phase) {
    return counts[phase];
  }

  double sum(int phase) {
    return sums[phase];
  }

  /** Values of a batch. */
  int batchSize() {
    return batchSize;
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
