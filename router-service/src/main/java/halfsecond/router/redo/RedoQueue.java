// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.redo;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * Where redos wait for the monitor: a bounded queue, from which the oldest goes when it is full.
 * Safe for use by any thread; a lock is held for a few instructions only.
 */
public final class RedoQueue implements RedoSink {
  private final Object lock = new Object();
  private final int capacity;

  @GuardedBy("lock")
  private final ArrayDeque<Redo> waiting = new ArrayDeque<>();

  private volatile Runnable onOffer = () -> {};

  /** A queue for so many. */
  public RedoQueue(int capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException("capacity must be positive");
    }
    this.capacity = capacity;
  }

  /** What to call after each one, on the thread of the session: short, must not throw. */
  public void onOffer(Runnable wake) {
    onOffer = wake;
  }

  @Override
  public void offer(Redo redo) {
    synchronized (lock) {
      if (waiting.size() == capacity) {
        waiting.removeFirst();
      }
      waiting.addLast(redo);
    }
    onOffer.run();
  }

  /** How many wait. */
  public int size() {
    synchronized (lock) {
      return waiting.size();
    }
  }

  /** Takes the oldest, at most so many. */
  public List<Redo> take(int atMost) {
    List<Redo> taken = new ArrayList<>();
    synchronized (lock) {
      while (taken.size() < atMost && !waiting.isEmpty()) {
        taken.add(waiting.removeFirst());
      }
    }
    return taken;
  }
}
