// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.recognition;

import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The turns that wait for a thread, in order of urgency. Every operation takes time logarithmic in
 * their number: a turn that moves leaves its old entry behind, which is skipped when it comes up.
 * Not thread-safe.
 */
final class WaitingTurns {
  private static final Comparator<Entry> BY_ORDER = Comparator.comparingLong(entry -> entry.order);

  // Nanoseconds have an arbitrary origin, so only their difference can be compared.
  private static final Comparator<Entry> BY_DEADLINE =
      Comparator.<Entry, DecodeRank>comparing(entry -> entry.rank)
          .thenComparing((one, other) -> Long.signum(one.dueNanos - other.dueNanos))
          .thenComparing(BY_ORDER);

  private static final Comparator<Entry> BY_ARRIVAL =
      Comparator.<Entry, Boolean>comparing(entry -> entry.rank != DecodeRank.RELEASING)
          .thenComparing(BY_ORDER);

  private final PriorityQueue<Entry> entries;
  private long added;
  private int size;

  /** Where a turn waits. It has left this place if it no longer points here. */
  static final class Entry {
    private final Turn turn;
    private final DecodeRank rank;
    private final long dueNanos;
    private final long order;

    private Entry(Turn turn, DecodeRank rank, long dueNanos, long order) {
      this.turn = turn;
      this.rank = rank;
      this.dueNanos = dueNanos;
      this.order = order;
    }
  }

  WaitingTurns(Scheduling scheduling) {
    entries =
        new PriorityQueue<>(
            switch (scheduling) {
              case DEADLINE -> BY_DEADLINE;
              case ARRIVAL -> BY_ARRIVAL;
            });
  }

  /**
   * Lets a turn wait that does not wait yet.
   *
   * @param dueNanos orders the turns of one rank, the earliest first; equal ones by age
   */
  void add(Turn turn, DecodeRank rank, long dueNanos) {
    size++;
    place(turn, rank, dueNanos, added++);
  }

  /** Changes the urgency of a turn, keeping its age. Does nothing if it does not wait. */
  void move(Turn turn, DecodeRank rank, long dueNanos) {
    Entry old = turn.entry;
    if (old != null) {
      place(turn, rank, dueNanos, old.order);
    }
  }

  /** Takes out the most urgent turn; null if none waits. */
  @Nullable Turn poll() {
    for (Entry entry = entries.poll(); entry != null; entry = entries.poll()) {
      if (entry.turn.entry == entry) {
        entry.turn.entry = null;
        size--;
        return entry.turn;
      }
    }
    return null;
  }

  void clear() {
    entries.forEach(entry -> entry.turn.entry = null);
    entries.clear();
    size = 0;
  }

  boolean isEmpty() {
    return size == 0;
  }

  private void place(Turn turn, DecodeRank rank, long dueNanos, long order) {
    Entry entry = new Entry(turn, rank, dueNanos, order);
    turn.entry = entry;
    entries.add(entry);
  }
}
