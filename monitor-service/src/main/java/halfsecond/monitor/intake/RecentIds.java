// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.intake;

import halfsecond.monitor.record.RecordId;
import java.nio.charset.StandardCharsets;
import org.apache.datasketches.hash.MurmurHash3;

/**
 * Remembers the newest records by a 64-bit fingerprint, in the order in which they came; the oldest
 * makes room. Two ids share a fingerprint with a probability of about {@code capacity / 2^64} a
 * record, and then the second would pass as known. Memory is fixed: 24 to 40 bytes for each id of
 * the capacity. Not safe for use by several threads.
 */
final class RecentIds {
  /** Marks a free place; no fingerprint has this value. */
  private static final long FREE = 0;

  /** In order of arrival, oldest at {@code next} once it is full. */
  private final long[] order;

  /** Open addressing with linear probing, at most half full. */
  private final long[] table;

  private int next;

  RecentIds(int capacity) {
    if (capacity < 1 || capacity > 1 << 28) {
      throw new IllegalArgumentException("capacity must be between 1 and 2^28");
    }
    order = new long[capacity];
    table = new long[Integer.highestOneBit(2 * capacity - 1) << 1];
  }

  boolean contains(RecordId id) {
    return table[slotOf(fingerprint(id))] != FREE;
  }

  /** Remembers an id that is not known. */
  void add(RecordId id) {
    long fingerprint = fingerprint(id);
    if (order[next] != FREE) {
      remove(order[next]);
    }
    order[next] = fingerprint;
    next = (next + 1) % order.length;
    table[slotOf(fingerprint)] = fingerprint;
  }

  /** Where it is, or would go. */
  private int slotOf(long fingerprint) {
    int slot = home(fingerprint);
    while (table[slot] != FREE && table[slot] != fingerprint) {
      slot = after(slot);
    }
    return slot;
  }

  /** Closes the gap behind it, so that no search ends too early. */
  private void remove(long fingerprint) {
    int gap = slotOf(fingerprint);
    table[gap] = FREE;
    for (int slot = after(gap); table[slot] != FREE; slot = after(slot)) {
      int home = home(table[slot]);
      boolean reachable = gap <= slot ? gap < home && home <= slot : gap < home || home <= slot;
      if (!reachable) {
        table[gap] = table[slot];
        table[slot] = FREE;
        gap = slot;
      }
    }
  }

  private int home(long fingerprint) {
    return (int) fingerprint & (table.length - 1);
  }

  private int after(int slot) {
    return (slot + 1) & (table.length - 1);
  }

  private static long fingerprint(RecordId id) {
    byte[] name = id.utteranceId().getBytes(StandardCharsets.US_ASCII);
    long fingerprint = MurmurHash3.hash(name, id.revision())[0];
    return fingerprint == FREE ? 1 : fingerprint;
  }
}
