// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.backend;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What was begun so recently that no report of load can hold it yet, in cores. Constant time per
 * entry. Safe for use by any thread.
 */
public final class PendingCosts {
  private final Object lock = new Object();

  /** In the order in which they were added. */
  @GuardedBy("lock")
  private final Set<Entry> entries = new LinkedHashSet<>();

  @GuardedBy("lock")
  private double sum;

  /** One piece of work. */
  public final class Entry {
    private final double cores;
    private final long sinceNanos;

    private Entry(double cores, long sinceNanos) {
      this.cores = cores;
      this.sinceNanos = sinceNanos;
    }

    /** The work is over; nothing when a report has taken it over. */
    public void remove() {
      synchronized (lock) {
        if (entries.remove(this)) {
          sum -= cores;
        }
      }
    }
  }

  /** Counts work that begins now; {@code nowNanos} does not go back from call to call by much. */
  public Entry add(double cores, long nowNanos) {
    Entry entry = new Entry(cores, nowNanos);
    synchronized (lock) {
      entries.add(entry);
      sum += cores;
    }
    return entry;
  }

  /** A report holds everything that began before this instant. */
  public void reported(long beforeNanos) {
    synchronized (lock) {
      Iterator<Entry> oldest = entries.iterator();
      while (oldest.hasNext()) {
        Entry entry = oldest.next();
        if (entry.sinceNanos - beforeNanos >= 0) {
          break;
        }
        oldest.remove();
        sum -= entry.cores;
      }
      if (entries.isEmpty()) {
        // Rounding does not add up over days.
        sum = 0;
      }
    }
  }

  /** Everything that counts, in cores. */
  public double cores() {
    synchronized (lock) {
      return Math.max(0, sum);
    }
  }
}
