// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.sketch;

import halfsecond.monitor.statistics.Ecdf;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.datasketches.quantilescommon.FloatsSortedView;
import org.apache.datasketches.quantilescommon.QuantileSearchCriteria;
import org.apache.datasketches.req.ReqSketch;
import org.jspecify.annotations.Nullable;

/**
 * The distribution of a stream of measurements. Count, mean, minimum and maximum are exact (the
 * mean up to rounding). Quantiles are exact for up to {@value #EXACT} values and come from a
 * relative-error sketch beyond, most accurate at the high ranks, where latency is judged: see
 * {@link #rankError}. Space grows with the logarithm of the count, to about 10 KiB for ten million
 * values.
 *
 * <p>Values keep 24 bits of precision. Not safe for use by several threads.
 */
public final class ValueSketch {
  /** Up to this many values are kept as they are. */
  static final int EXACT = 64;

  /**
   * Even, 4 to 1024: 12 gives a rank error (3 standard deviations) of 1.7 % at the median and 0.04
   * % at p99.
   */
  private static final int K = 12;

  private static final int STANDARD_DEVIATIONS = 3;
  private static final int FIRST_CAPACITY = 4;
  private static final float[] NONE = {};

  private long count;
  private double sum;
  private double minimum = Double.POSITIVE_INFINITY;
  private double maximum = Double.NEGATIVE_INFINITY;
  // The values themselves, until there are more than EXACT; then only the sketch.
  private float[] few = new float[FIRST_CAPACITY];
  private int kept;
  private @Nullable ReqSketch many;

  /**
   * Adds one measurement.
   *
   * @throws IllegalArgumentException if it is not finite
   */
  public void add(double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("a measurement must be finite");
    }
    insert((float) value);
    count++;
    sum += value;
    minimum = Math.min(minimum, value);
    maximum = Math.max(maximum, value);
  }

  /** Adds everything that {@code other} has seen; {@code other} stays as it is. */
  public void merge(ValueSketch other) {
    ReqSketch theirs = other.many;
    if (theirs != null) {
      promoted().merge(theirs);
    } else {
      // The bound is taken first: other may be this.
      int size = other.kept;
      float[] values = other.few;
      for (int i = 0; i < size; i++) {
        insert(values[i]);
      }
    }
    count += other.count;
    sum += other.sum;
    minimum = Math.min(minimum, other.minimum);
    maximum = Math.max(maximum, other.maximum);
  }

  public long count() {
    return count;
  }

  /** 0 without values. */
  public double mean() {
    return count == 0 ? 0 : sum / count;
  }

  public double sum() {
    return sum;
  }

  /** 0 without values. */
  public double minimum() {
    return count == 0 ? 0 : minimum;
  }

  /** 0 without values. */
  public double maximum() {
    return count == 0 ? 0 : maximum;
  }

  /**
   * The smallest value that at least the share {@code rank} of all values does not exceed, as far
   * as the sketch knows.
   *
   * @param rank 0 to 1
   * @throws IllegalStateException without values
   */
  public double quantile(double rank) {
    checkRank(rank);
    if (count == 0) {
      throw new IllegalStateException("no values, no quantiles");
    }
    if (rank == 0) {
      return minimum;
    }
    if (rank == 1) {
      return maximum;
    }
    double value =
        many == null ? exact(rank) : many.getQuantile(rank, QuantileSearchCriteria.INCLUSIVE);
    // A float may round to just outside.
    return Math.min(maximum, Math.max(minimum, value));
  }

  /**
   * The value that {@link #quantile} gives for {@code rank} truly lies between the ranks {@code
   * rank} - this and {@code rank} + this, with a probability of 99.7 %; 0 where it is exact.
   */
  public double rankError(double rank) {
    checkRank(rank);
    if (many == null || rank == 0 || rank == 1) {
      return 0;
    }
    return Math.max(
        many.getRankUpperBound(rank, STANDARD_DEVIATIONS) - rank,
        rank - many.getRankLowerBound(rank, STANDARD_DEVIATIONS));
  }

  /**
   * The distribution as far as it is known, to compare it with another one; {@link #rankError} says
   * how well that is.
   *
   * @throws IllegalStateException without values
   */
  public Ecdf distribution() {
    if (count == 0) {
      throw new IllegalStateException("no values, no distribution");
    }
    if (many == null) {
      return Ecdf.of(IntStream.range(0, kept).mapToDouble(i -> few[i]).toArray());
    }
    FloatsSortedView view = many.getSortedView();
    float[] quantiles = view.getQuantiles();
    long[] cumulative = view.getCumulativeWeights();
    double[] values = new double[quantiles.length];
    double[] weights = new double[quantiles.length];
    for (int i = 0; i < quantiles.length; i++) {
      values[i] = quantiles[i];
      weights[i] = cumulative[i] - (i == 0 ? 0 : cumulative[i - 1]);
    }
    return Ecdf.ofWeighted(values, weights, count);
  }

  /** Values held in memory. */
  public int retained() {
    return many == null ? kept : many.getNumRetained();
  }

  private void insert(float value) {
    if (many != null) {
      many.update(value);
    } else if (kept < EXACT) {
      if (kept == few.length) {
        few = Arrays.copyOf(few, few.length * 2);
      }
      few[kept++] = value;
    } else {
      promoted().update(value);
    }
  }

  /** The sketch, with everything in it that was kept as it is. */
  private ReqSketch promoted() {
    ReqSketch sketch = many;
    if (sketch == null) {
      sketch = ReqSketch.builder().setK(K).setHighRankAccuracy(true).build();
      for (int i = 0; i < kept; i++) {
        sketch.update(few[i]);
      }
      many = sketch;
      few = NONE;
      kept = 0;
    }
    return sketch;
  }

  private double exact(double rank) {
    float[] sorted = Arrays.copyOf(few, kept);
    Arrays.sort(sorted);
    return sorted[Math.max(0, (int) Math.ceil(rank * kept) - 1)];
  }

  private static void checkRank(double rank) {
    if (!(rank >= 0 && rank <= 1)) {
      throw new IllegalArgumentException("a rank is between 0 and 1");
    }
  }
}
