// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.sketch;

import halfsecond.monitor.statistics.Ecdf;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The distribution of a stream of measurements, in little space. Count, mean, deviation, minimum
 * and maximum are exact up to rounding. The values themselves are kept while there are at most
 * {@value #EXACT}; beyond, they are counted in bins that are 0.8 % to 1.6 % of the value wide.
 *
 * <p>Merging is exact: whatever the order and the parts, the same values give the same bins. Space
 * is at most {@value #MOST_BINS} bins of 6 bytes; a stream that needs more gets bins of twice the
 * width, which takes values over eight powers of two evenly filled.
 *
 * <p>Values keep 24 bits of precision; below 10^-6 of either sign they count as 0 in the bins. A
 * bin stops counting at 2^31 - 1. Not safe for use by several threads.
 */
public final class BinnedSketch {
  /** Up to this many values are kept as they are. */
  static final int EXACT = 64;

  static final int MOST_BINS = 512;
  private static final int FIRST_CAPACITY = 4;
  private static final int FIRST_BINS = 16;
  private static final float[] NONE = {};

  /** Where else the number of values that are kept is written. */
  private static final int BINNED = -1;

  private long count;
  private double sum;
  private double squares;
  private double minimum = Double.POSITIVE_INFINITY;
  private double maximum = Double.NEGATIVE_INFINITY;
  // The values themselves, until there are more than EXACT; then only the bins.
  private float[] few = new float[FIRST_CAPACITY];
  private int kept;
  private @Nullable Bins many;

  /**
   * Adds one measurement.
   *
   * @throws IllegalArgumentException if it is not finite
   */
  public void add(double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("a measurement must be finite");
    }
    insert(narrow(value));
    count++;
    sum += value;
    squares += value * value;
    minimum = Math.min(minimum, value);
    maximum = Math.max(maximum, value);
  }

  /** Adds everything that {@code other} has seen; {@code other}, not this one, stays as it is. */
  public void merge(BinnedSketch other) {
    Bins theirs = other.many;
    if (theirs != null) {
      binned().merge(theirs);
    } else {
      for (int i = 0; i < other.kept; i++) {
        insert(other.few[i]);
      }
    }
    count += other.count;
    sum += other.sum;
    squares += other.squares;
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

  /** Standard deviation of the values as a population; 0 without values. */
  public double deviation() {
    double mean = mean();
    return count == 0 ? 0 : Math.sqrt(Math.max(0, squares / count - mean * mean));
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
   * The smallest value that at least the share {@code rank} of all values does not exceed; within a
   * bin, values are taken to be spread evenly.
   *
   * @param rank 0 to 1
   * @throws IllegalStateException without values
   */
  public double quantile(double rank) {
    checkRank(rank);
    requireValues();
    if (rank == 0) {
      return minimum;
    }
    if (rank == 1) {
      return maximum;
    }
    double value = many == null ? exact(rank) : many.quantile(rank);
    // A float may round to just outside.
    return Math.min(maximum, Math.max(minimum, value));
  }

  /**
   * The value that {@link #quantile} gives for {@code rank} truly lies between the ranks {@code
   * rank} - this and {@code rank} + this: the share of the bin that it is in. 0 where it is exact.
   */
  public double rankError(double rank) {
    checkRank(rank);
    return many == null || rank == 0 || rank == 1 || minimum == maximum ? 0 : many.shareAt(rank);
  }

  /** By how much of itself a quantile may be off: the width of a bin. 0 where it is exact. */
  public double valueError() {
    return many == null ? 0 : many.width();
  }

  /** Share of the values below {@code value}; 0 without values. */
  public double shareBelow(double value) {
    if (count == 0 || value <= minimum) {
      return 0;
    }
    if (value > maximum) {
      return 1;
    }
    Bins bins = many;
    if (bins != null) {
      return bins.shareBelow(value, minimum, maximum);
    }
    int below = 0;
    for (int i = 0; i < kept; i++) {
      below += few[i] < value ? 1 : 0;
    }
    return (double) below / kept;
  }

  /**
   * Two distributions as steps at the middle of bins that both share, so that what differs is the
   * values and not where they were counted.
   *
   * @return this one, then {@code other}
   * @throws IllegalStateException if either has no values
   */
  public Ecdf[] beside(BinnedSketch other) {
    requireValues();
    other.requireValues();
    Bins mine = copied();
    Bins theirs = other.copied();
    mine.widenTo(theirs);
    theirs.widenTo(mine);
    return new Ecdf[] {mine.steps(count), theirs.steps(other.count)};
  }

  /** Values or bins held in memory. */
  public int retained() {
    return many == null ? kept : many.size();
  }

  /** Writes all of it, to be read by {@link #read}. */
  public void write(DataOutput out) throws IOException {
    out.writeLong(count);
    out.writeDouble(sum);
    out.writeDouble(squares);
    out.writeDouble(minimum);
    out.writeDouble(maximum);
    Bins bins = many;
    out.writeInt(bins == null ? kept : BINNED);
    if (bins != null) {
      bins.write(out);
    }
    for (int i = 0; i < kept; i++) {
      out.writeFloat(few[i]);
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IOException if it is something else
   */
  public static BinnedSketch read(DataInput in) throws IOException {
    BinnedSketch sketch = new BinnedSketch();
    sketch.count = in.readLong();
    sketch.sum = in.readDouble();
    sketch.squares = in.readDouble();
    sketch.minimum = in.readDouble();
    sketch.maximum = in.readDouble();
    int kept = in.readInt();
    if (kept == BINNED) {
      sketch.many = Bins.read(in);
      sketch.few = NONE;
      return sketch;
    }
    if (kept < 0 || kept > EXACT || kept != sketch.count) {
      throw new IOException("not a sketch");
    }
    sketch.few = new float[Math.max(FIRST_CAPACITY, kept)];
    for (int i = 0; i < kept; i++) {
      sketch.few[i] = in.readFloat();
    }
    sketch.kept = kept;
    return sketch;
  }

  private void insert(float value) {
    if (many != null) {
      many.add(value);
    } else if (kept < EXACT) {
      if (kept == few.length) {
        few = Arrays.copyOf(few, few.length * 2);
      }
      few[kept++] = value;
    } else {
      binned().add(value);
    }
  }

  private Bins binned() {
    Bins bins = many;
    if (bins == null) {
      bins = copied();
      many = bins;
      few = NONE;
      kept = 0;
    }
    return bins;
  }

  private Bins copied() {
    if (many != null) {
      return new Bins(many);
    }
    Bins bins = new Bins(FIRST_BINS);
    for (int i = 0; i < kept; i++) {
      bins.add(few[i]);
    }
    return bins;
  }

  private double exact(double rank) {
    float[] sorted = Arrays.copyOf(few, kept);
    Arrays.sort(sorted);
    return sorted[Math.max(0, (int) Math.ceil(rank * kept) - 1)];
  }

  private void requireValues() {
    if (count == 0) {
      throw new IllegalStateException("no values, no distribution");
    }
  }

  private static float narrow(double value) {
    return (float) Math.max(-Float.MAX_VALUE, Math.min(Float.MAX_VALUE, value));
  }

  private static void checkRank(double rank) {
    if (!(rank >= 0 && rank <= 1)) {
      throw new IllegalArgumentException("a rank is between 0 and 1");
    }
  }
}
