// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.intake;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Adds up the records that reporters say they dropped. Each says how many since its process
 * started; a smaller number than before means that it started again. Safe for use by any thread.
 */
public final class DropLedger {
  /**
   * Reporters that are known; the one that was silent longest is forgotten, and would count anew.
   */
  private static final int MOST_REPORTERS = 1_000;

  private final Object lock = new Object();

  @GuardedBy("lock")
  private final Map<String, Long> lastByReporter = new LinkedHashMap<>();

  @GuardedBy("lock")
  private long total;

  /** Takes what a reporter says, and returns how many of them are new. */
  public long report(String reporter, long droppedSinceStart) {
    synchronized (lock) {
      Long last = lastByReporter.remove(reporter);
      lastByReporter.put(reporter, droppedSinceStart);
      if (lastByReporter.size() > MOST_REPORTERS) {
        lastByReporter.remove(lastByReporter.keySet().iterator().next());
      }
      long added =
          last == null || droppedSinceStart < last ? droppedSinceStart : droppedSinceStart - last;
      total += added;
      return added;
    }
  }

  /** All that were reported. */
  public long total() {
    synchronized (lock) {
      return total;
    }
  }
}
