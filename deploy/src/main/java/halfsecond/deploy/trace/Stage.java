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

  /** The part of it after the end of speech; its end must be there. */
  public Stage afterSpeech() {
    return new Stage(name, Math.max(0, startNanos), endNanos);
  }
}
