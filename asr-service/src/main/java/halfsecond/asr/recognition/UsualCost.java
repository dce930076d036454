// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.recognition;

import com.google.errorprone.annotations.concurrent.GuardedBy;

/**
 * The real-time factor that clips had of late, for clips that are too young to have their own. Safe
 * for use by any thread.
 */
final class UsualCost {
  private static final double WEIGHT_OF_NEWEST = 0.1;

  private final Object lock = new Object();

  @GuardedBy("lock")
  private double average;

  @GuardedBy("lock")
  private boolean known;

  void add(double realTimeFactor) {
    synchronized (lock) {
      average = known ? average + WEIGHT_OF_NEWEST * (realTimeFactor - average) : realTimeFactor;
      known = true;
    }
  }

  /** 0 before the first clip. */
  double realTimeFactor() {
    synchronized (lock) {
      return average;
    }
  }
}
