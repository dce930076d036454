// SPDX-License-Identifier: Apache-2.0
package halfsecond.common.concurrent;

/**
 * Monotonic time in nanoseconds from an arbitrary origin; only differences mean something. Safe for
 * use by any thread.
 */
@FunctionalInterface
public interface Ticker {
  long nanos();

  /** {@link System#nanoTime()}. */
  static Ticker system() {
    return System::nanoTime;
  }
}
