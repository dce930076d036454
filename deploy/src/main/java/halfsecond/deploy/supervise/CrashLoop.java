// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.supervise;

import java.time.Duration;
import java.util.ArrayDeque;

/** Counts ends that come close together. Used by one thread. */
final class CrashLoop {

  /** So many ends within {@link #WITHIN} are a loop. */
  static final int ENDS = 3;

  static final Duration WITHIN = Duration.ofSeconds(60);

  private final ArrayDeque<Long> ends = new ArrayDeque<>();

  /**
   * Adds an end.
   *
   * @param now nanoseconds on a clock that only moves forward
   * @return how many ends there were lately, this one included
   */
  int add(long now) {
    ends.addLast(now);
    while (now - ends.getFirst() > WITHIN.toNanos()) {
      ends.removeFirst();
    }
    return ends.size();
  }
}
