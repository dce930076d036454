// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.session;

/**
 * Lets exactly one closing answer of an utterance through: the first that belongs to the current
 * attempt. Answers of attempts that were given up and everything after the answer are turned away.
 * For the session's sequence only.
 */
final class AnswerFence {
  private int attempt;
  private boolean underway;
  private boolean answered;

  /**
   * A new attempt begins; answers of the ones before no longer count. Returns its number, from 1.
   */
  int nextAttempt() {
    underway = true;
    return ++attempt;
  }

  /** The current attempt is given up; until the next one begins no event counts. */
  void giveUp() {
    underway = false;
  }

  /** Whether an event of this attempt still matters. */
  boolean admits(int fromAttempt) {
    return !answered && underway && fromAttempt == attempt;
  }

  boolean answered() {
    return answered;
  }

  /** Closes the fence; false when it was closed before. */
  boolean answer() {
    boolean first = !answered;
    answered = true;
    return first;
  }
}
