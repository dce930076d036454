// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.statistics;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * An adaptive window (Bifet and Gavalda 2007): keeps as much of the past as has the same mean, and
 * finds a change when an older part of it differs from the rest by more than chance allows. Needs
 * no reference and holds O(log n) numbers. Bound, parameters and places to split are those of
 * River's version, so that its published results are reached.
 */
public final class Adwin implements ChangeDetector {
  private static final double DELTA = 0.002;
  private static final int CLOCK = 32;
  private static final int BUCKETS_A_ROW = 5;
  private static final int GRACE = 10;
  private static final int LEAST_PART = 5;

  /** Row r holds buckets of 2^r measurements, the oldest last. */
  private final List<ArrayDeque<Bucket>> rows = new ArrayList<>();

  private final double delta;
  private long seen;
  private long width;
  private double total;
  private double squares;

  /**
   * Some measurements that are not told apart any more.
   *
   * @param squares sum of their squared distances from their own mean
   */
  private record Bucket(double total, double squares) {}

  public Adwin() {
    this(DELTA);
  }

  /**
   * @param delta how likely a change is found where there is none, about: 0 to 1
   */
  public Adwin(double delta) {
    this.delta = delta;
    begin();
  }

  /** Measurements in the window. */
  public long width() {
    return width;
  }

  /** Mean of the window; 0 when it is empty. */
  public double mean() {
    return width == 0 ? 0 : total / width;
  }

  @Override
  public boolean add(double value) {
    seen++;
    squares += width == 0 ? 0 : (double) width / (width + 1) * square(value - mean());
    width++;
    total += value;
    rows.get(0).addFirst(new Bucket(value, 0));
    compress();
    boolean changed = seen % CLOCK == 0 && width > GRACE && splits();
    if (changed) {
      begin();
    }
    return changed;
  }

  private void begin() {
    rows.clear();
    rows.add(new ArrayDeque<>());
    seen = 0;
    width = 0;
    total = 0;
    squares = 0;
  }

  private void compress() {
    for (int r = 0; r < rows.size() && rows.get(r).size() > BUCKETS_A_ROW; r++) {
      if (r + 1 == rows.size()) {
        rows.add(new ArrayDeque<>());
      }
      Bucket oldest = rows.get(r).removeLast();
      Bucket next = rows.get(r).removeLast();
      double size = size(r);
      double apart = square((oldest.total - next.total) / size) * size / 2;
      rows.get(r + 1)
          .addFirst(new Bucket(oldest.total + next.total, oldest.squares + next.squares + apart));
    }
  }

  /**
   * Whether the window has an older part whose mean differs from the rest's. The newest bucket of
   * each row goes with the rest, wherever the split is: so it is in River, and makes it patient.
   */
  private boolean splits() {
    double older = 0;
    double olderTotal = 0;
    for (int r = rows.size() - 1; r >= 0; r--) {
      Iterator<Bucket> oldestFirst = rows.get(r).descendingIterator();
      for (int left = rows.get(r).size(); left > 1; left--) {
        Bucket bucket = oldestFirst.next();
        older += size(r);
        olderTotal += bucket.total;
        if (differ(older, olderTotal)) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean differ(double older, double olderTotal) {
    double newer = width - older;
    if (older < LEAST_PART || newer < LEAST_PART) {
      return false;
    }
    double difference = olderTotal / older - (total - olderTotal) / newer;
    return Math.abs(difference) > chance(older, newer);
  }

  /** What two parts of these sizes may differ by without a change. */
  private double chance(double older, double newer) {
    double certainty = Math.log(2 * Math.log((double) width) / delta);
    double parts = 1 / (older - LEAST_PART + 1) + 1 / (newer - LEAST_PART + 1);
    double variance = squares / width;
    return Math.sqrt(2 * parts * variance * certainty) + 2.0 / 3 * certainty * parts;
  }

  private static double size(int row) {
    return Math.scalb(1.0, row);
  }

  private static double square(double x) {
    return x * x;
  }
}
