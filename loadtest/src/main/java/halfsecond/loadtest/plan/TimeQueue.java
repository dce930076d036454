// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.plan;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A binary heap of things by key, smallest first, without an object for each entry: a simulation
 * puts tens of millions in. Equal keys leave in an order that depends on the operations alone.
 */
final class TimeQueue<T> {
  private static final int FIRST_SIZE = 64;

  private long[] keys = new long[FIRST_SIZE];
  private int[] tags = new int[FIRST_SIZE];
  private @Nullable Object[] things = new Object[FIRST_SIZE];
  private int size;

  boolean isEmpty() {
    return size == 0;
  }

  /** Of the first entry. */
  long key() {
    return keys[0];
  }

  /** Of the first entry: what was put with it. */
  int tag() {
    return tags[0];
  }

  void add(long key, int tag, T thing) {
    if (size == keys.length) {
      keys = Arrays.copyOf(keys, size * 2);
      tags = Arrays.copyOf(tags, size * 2);
      things = Arrays.copyOf(things, size * 2);
    }
    int at = size++;
    while (at > 0 && keys[(at - 1) >>> 1] > key) {
      move((at - 1) >>> 1, at);
      at = (at - 1) >>> 1;
    }
    set(at, key, tag, thing);
  }

  /** Takes the first entry. */
  @SuppressWarnings("unchecked") // only add() writes things
  T remove() {
    if (size == 0) {
      throw new IllegalStateException("the queue is empty");
    }
    Object first = things[0];
    size--;
    long key = keys[size];
    int tag = tags[size];
    Object last = things[size];
    things[size] = null;
    int at = 0;
    while (2 * at + 1 < size) {
      int child = 2 * at + 1;
      if (child + 1 < size && keys[child + 1] < keys[child]) {
        child++;
      }
      if (keys[child] >= key) {
        break;
      }
      move(child, at);
      at = child;
    }
    if (size > 0) {
      set(at, key, tag, last);
    }
    return (T) java.util.Objects.requireNonNull(first);
  }

  private void move(int from, int to) {
    keys[to] = keys[from];
    tags[to] = tags[from];
    things[to] = things[from];
  }

  private void set(int at, long key, int tag, @Nullable Object thing) {
    keys[at] = key;
    tags[at] = tag;
    things[at] = thing;
  }
}
