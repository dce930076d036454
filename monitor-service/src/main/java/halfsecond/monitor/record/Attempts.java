// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.record;

import java.util.List;

/**
 * How often recognition was tried.
 *
 * @param count 0 if it never opened, up to 10
 * @param causes why attempts were given up, in order, at most 10
 */
public record Attempts(int count, List<Cause> causes) {
  private static final int MOST = 10;

  /** Why an attempt was given up; the values of the contract. */
  public enum Cause {
    LOST,
    RESET,
    DRAINING,
    HUNG,
    SLOW,
    VAD_LOST
  }

  public Attempts {
    Limits.between("attempts", count, 0, MOST);
    Limits.check(causes.size() <= MOST, "replay_causes", "at most 10");
    causes = List.copyOf(causes);
  }

  /** More than one. */
  public boolean replayed() {
    return count > 1;
  }
}
