// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.sketch;

import halfsecond.monitor.statistics.Ecdf;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Counts of values in bins whose bounds are the same in every instance: each power of two is cut
 * into 64 equal parts, or into 32, 16, ... after widening. Only bins with values are held, in
 * ascending order. Not safe for use by several threads.
 */
final class Bins {
  /** Parts of a power of two, as a power of two. */
  private static final int PARTS_LOG = 6;

  /** What is left of a float once its sign, exponent and the parts are taken. */
  private static final int REST_BITS = 23 - PARTS_LOG;

  /** Smaller values of either sign count as 0. */
  private static final float SMALLEST = 0x1p-20f;

  private static final int BASE = Float.floatToRawIntBits(SMALLEST) >> REST_BITS;

  /** How often neighbours were made one. */
  private int widened;

  private short[] keys;
  private int[] counts;
  private int size;

  Bins(int capacity) {
    keys = new short[capacity];
    counts = new int[capacity];
  }

  Bins(Bins other) {
    widened = other.widened;
    keys = other.keys.clone();
    counts = other.counts.clone();
    size = other.size;
  }

  int size() {
    return size;
  }

  /** Of a bin at most, in parts of the values in it. */
  double width() {
    return Math.scalb(1.0, widened - PARTS_LOG);
  }

  void add(float value) {
    short key = (short) widenedKey(key(value), widened);
    int place = Arrays.binarySearch(keys, 0, size, key);
    if (place >= 0) {
      counts[place] = added(counts[place], 1);
      return;
    }
    insert(-place - 1, key);
    while (size > BinnedSketch.MOST_BINS) {
      widen();
    }
  }

  void merge(Bins other) {
    Bins theirs = other;
    if (other == this || other.widened < widened) {
      theirs = new Bins(other);
      theirs.widenTo(this);
    }
    widenTo(theirs);
    short[] allKeys = new short[size + theirs.size];
    int[] allCounts = new int[allKeys.length];
    int all = 0;
    int mine = 0;
    int their = 0;
    while (mine < size || their < theirs.size) {
      boolean takeMine = their == theirs.size || (mine < size && keys[mine] <= theirs.keys[their]);
      boolean takeTheirs =
          mine == size || (their < theirs.size && theirs.keys[their] <= keys[mine]);
      allKeys[all] = takeMine ? keys[mine] : theirs.keys[their];
      allCounts[all++] = added(takeMine ? counts[mine] : 0, takeTheirs ? theirs.counts[their] : 0);
      mine += takeMine ? 1 : 0;
      their += takeTheirs ? 1 : 0;
    }
    keys = Arrays.copyOf(allKeys, all);
    counts = Arrays.copyOf(allCounts, all);
    size = all;
    while (size > BinnedSketch.MOST_BINS) {
      widen();
    }
  }

  /** Makes bins at least as wide as those of {@code other}. */
  void widenTo(Bins other) {
    while (widened < other.widened) {
      widen();
    }
  }

  double quantile(double rank) {
    double target = rank * total();
    double before = 0;
    int place = 0;
    while (place < size - 1 && before + counts[place] < target) {
      before += counts[place++];
    }
    double into = Math.min(1, (target - before) / counts[place]);
    return lower(keys[place]) + into * (upper(keys[place]) - lower(keys[place]));
  }

  /** Share of the values that are in the bin of that rank. */
  double shareAt(double rank) {
    double total = total();
    double before = 0;
    int place = 0;
    while (place < size - 1 && before + counts[place] < rank * total) {
      before += counts[place++];
    }
    return counts[place] / total;
  }

  double shareBelow(double value, double minimum, double maximum) {
    double below = 0;
    for (int place = 0; place < size; place++) {
      double from = Math.max(minimum, lower(keys[place]));
      double to = Math.min(maximum, upper(keys[place]));
      if (value > to) {
        below += counts[place];
      } else if (value > from) {
        below += counts[place] * (value - from) / (to - from);
      }
    }
    return below / total();
  }

  Ecdf steps(long count) {
    double[] middles = new double[size];
    double[] weights = new double[size];
    for (int place = 0; place < size; place++) {
      middles[place] = (lower(keys[place]) + upper(keys[place])) / 2;
      weights[place] = counts[place];
    }
    return Ecdf.ofWeighted(middles, weights, count);
  }

  void write(DataOutput out) throws IOException {
    out.writeByte(widened);
    out.writeShort(size);
    for (int place = 0; place < size; place++) {
      out.writeShort(keys[place]);
      out.writeInt(counts[place]);
    }
  }

  static Bins read(DataInput in) throws IOException {
    int widened = in.readByte();
    int size = in.readShort();
    if (widened < 0 || widened > PARTS_LOG || size < 1 || size > BinnedSketch.MOST_BINS) {
      throw new IOException("not a sketch");
    }
    Bins bins = new Bins(size);
    bins.widened = widened;
    for (int place = 0; place < size; place++) {
      bins.keys[place] = in.readShort();
      bins.counts[place] = in.readInt();
      boolean inOrder = place == 0 || bins.keys[place] > bins.keys[place - 1];
      if (!inOrder || bins.counts[place] < 1) {
        throw new IOException("not a sketch");
      }
    }
    bins.size = size;
    return bins;
  }

  private double total() {
    double total = 0;
    for (int place = 0; place < size; place++) {
      total += counts[place];
    }
    return total;
  }

  private void insert(int place, short key) {
    if (size == keys.length) {
      int capacity = size + Math.max(8, size / 2);
      keys = Arrays.copyOf(keys, capacity);
      counts = Arrays.copyOf(counts, capacity);
    }
    System.arraycopy(keys, place, keys, place + 1, size - place);
    System.arraycopy(counts, place, counts, place + 1, size - place);
    keys[place] = key;
    counts[place] = 1;
    size++;
  }

  /** Makes one bin of each two neighbours. */
  private void widen() {
    int used = 0;
    for (int place = 0; place < size; place++) {
      short wider = (short) widenedKey(keys[place], 1);
      if (used > 0 && keys[used - 1] == wider) {
        counts[used - 1] = added(counts[used - 1], counts[place]);
      } else {
        keys[used] = wider;
        counts[used++] = counts[place];
      }
    }
    size = used;
    widened++;
  }

  private static int added(int one, int other) {
    return (int) Math.min(Integer.MAX_VALUE, (long) one + other);
  }

  /** In the order of the values: 0 for those next to nothing, negative for negative ones. */
  private static int key(float value) {
    float size = Math.abs(value);
    if (size < SMALLEST) {
      return 0;
    }
    int key = (Float.floatToRawIntBits(size) >> REST_BITS) - BASE + 1;
    return value < 0 ? -key : key;
  }

  private static int widenedKey(int key, int times) {
    return key > 0 ? ((key - 1) >> times) + 1 : key < 0 ? -(((-key - 1) >> times) + 1) : 0;
  }

  private double lower(int key) {
    return key > 0 ? edge(key) : key == 0 ? -SMALLEST : -edge(-key + 1);
  }

  private double upper(int key) {
    return key > 0 ? edge(key + 1) : key == 0 ? SMALLEST : -edge(-key);
  }

  /** The lower bound of the bin of a positive key. */
  private double edge(int key) {
    int bits = (((key - 1) << widened) + BASE) << REST_BITS;
    // The last bin of all ends where floats do.
    return Math.min(Float.MAX_VALUE, Float.intBitsToFloat(bits));
  }
}
