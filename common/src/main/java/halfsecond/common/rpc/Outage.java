// SPDX-License-Identifier: Apache-2.0
package halfsecond.common.rpc;

import java.time.Duration;

/**
 * Whether it is time to say that something does not work. Short failures are nobody's concern: a
 * service may start before the monitor, and a monitor is restarted now and then. Not safe for use
 * by several threads.
 */
final class Outage {
  private final long patienceNanos;
  private long wellNanos;
  private boolean told;

  /**
   * All is well.
   *
   * @param patience how long it may fail before somebody is told
   */
  Outage(Duration patience, long nowNanos) {
    this.patienceNanos = patience.toNanos();
    this.wellNanos = nowNanos;
  }

  /** It failed. True once of an outage, when that lasts too long. */
  boolean failed(long nowNanos) {
    boolean tell = !told && nowNanos - wellNanos >= patienceNanos;
    told |= tell;
    return tell;
  }

  /** It works. True once after an outage that somebody was told of. */
  boolean worked(long nowNanos) {
    boolean tell = told;
    told = false;
    wellNanos = nowNanos;
    return tell;
  }
}
