// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.trace;

/**
 * One stretch of work for an utterance, on an axis whose zero is the end of speech.
 *
 * @param name the span's name
 * @param startNanos may be negative: work done while the person still spoke
 * @param endNanos not before the start
 */
public record Stage(String name, long startNanos, long endNanos) {

  /** Checks the order. */
  public Stage {
    if (endNanos < startNanos) {
      throw new IllegalArgumentException(name + " ends before it starts");
    }
  }

  /** How long it took. */
  public long nanos() {
    return endNanos - startNanos;
  }

  /** Whether it is part of what the user waits for, rather than work done alongside the speech. */
  public boolean afterSpeech() {
    return endNanos > 0 && startNanos >= -TOLERANCE_NANOS;
  }

  /** Clocks of different spans agree to well under this. */
  private static final long TOLERANCE_NANOS = 1_000_000;
}
