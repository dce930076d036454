// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.replay;

import com.google.errorprone.annotations.concurrent.GuardedBy;

/**
 * Bounds the replays that are not owed to a lost backend, so that slowness and saturation do not
 * multiply the load that causes them: every utterance adds a fraction of a token, a replay takes a
 * whole one. Begins full. Safe for use by any thread.
 */
public final class RetryBudget {
  /** Tokens that may be saved up. */
  static final double CAP = 10;

  private final Object lock = new Object();
  private final double perUtterance;

  @GuardedBy("lock")
  private double tokens = CAP;

  /**
   * @param perUtterance tokens for each utterance, 0 to 1: the long-term share of replays
   */
  public RetryBudget(double perUtterance) {
    if (!(perUtterance >= 0 && perUtterance <= 1)) {
      throw new IllegalArgumentException("must be 0 to 1: " + perUtterance);
    }
    this.perUtterance = perUtterance;
  }

  /** One more utterance was begun. */
  public void utterance() {
    synchronized (lock) {
      tokens = Math.min(CAP, tokens + perUtterance);
    }
  }

  /** Takes a token; false when there is none. */
  public boolean take() {
    synchronized (lock) {
      if (tokens < 1) {
        return false;
      }
      tokens--;
      return true;
    }
  }
}
