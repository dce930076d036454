// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.supervise;

import java.util.Locale;

/**
 * How a supervised process is now.
 *
 * @param pid of the running process, 0 when none runs
 * @param restarts starts after ends that nobody asked for
 */
public record Snapshot(Phase phase, long pid, int restarts) {

  /** What it is doing. */
  public enum Phase {
    /** It was started and does not serve yet. */
    STARTING,
    /** It serves, or did when it was last asked. */
    SERVING,
    /** It was told to drain and end. */
    DRAINING,
    /** It has ended and waits for its next start. */
    WAITING,
    /** It has ended and stays down. */
    STOPPED;

    /** For people. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
