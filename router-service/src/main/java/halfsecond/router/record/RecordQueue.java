// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.record;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * Where records wait for the monitor: a bounded queue. When it is full the oldest goes, because the
 * monitor's windows are about now; what goes is counted. Safe for use by any thread; a lock is held
 * for a few instructions only.
 */
public final class RecordQueue implements RecordSink {
  private final Object lock = new Object();
  private final int capacity;
  private final Runnable onDrop;

  @GuardedBy("lock")
  private final ArrayDeque<UtteranceRecord> waiting = new ArrayDeque<>();

  @GuardedBy("lock")
  private long dropped;

  private volatile Runnable onOffer = () -> {};

  /**
   * A queue for so many records.
   *
   * @param onDrop told of each record that is dropped; short, must not throw
   */
  public RecordQueue(int capacity, Runnable onDrop) {
    if (capacity < 1) {
      throw new IllegalArgumentException("capacity must be positive");
    }
    this.capacity = capacity;
    this.onDrop = onDrop;
  }

  /** What to call after each record, on the thread of the session: short, must not throw. */
  public void onOffer(Runnable wake) {
    onOffer = wake;
  }

  @Override
  public void offer(UtteranceRecord record) {
    boolean full;
    synchronized (lock) {
      full = waiting.size() == capacity;
      if (full) {
        waiting.removeFirst();
        dropped++;
      }
      waiting.addLast(record);
    }
    if (full) {
      onDrop.run();
    }
    onOffer.run();
  }

  /** Takes the oldest records, at most so many. */
  public List<UtteranceRecord> take(int atMost) {
    List<UtteranceRecord> taken = new ArrayList<>();
    synchronized (lock) {
      while (taken.size() < atMost && !waiting.isEmpty()) {
        taken.add(waiting.removeFirst());
      }
    }
    return taken;
  }

  /** How many wait. */
  public int size() {
    synchronized (lock) {
      return waiting.size();
    }
  }

  /** How many were dropped since the start. */
  public long dropped() {
    synchronized (lock) {
      return dropped;
    }
  }
}
