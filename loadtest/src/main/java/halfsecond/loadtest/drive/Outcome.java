// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.drive;

import halfsecond.loadtest.corpus.Query;
import halfsecond.loadtest.targets.FinalAnswer;
import halfsecond.loadtest.targets.Refusal;
import java.util.List;
import java.util.Optional;

/**
 * What became of one query. Instants are nanoseconds from the start of the run.
 *
 * @param number its place in the schedule
 * @param startNanos intended start of its audio
 * @param lateNanos how much later than intended the end of its speech was sent; 0 when it never was
 * @param endedNanos when it was over
 * @param code why it failed; empty otherwise
 * @param answer present when {@code ending} is ANSWERED
 * @param refusal present when {@code ending} is REFUSED
 * @param partialNanos when interim texts came
 * @param bytes of audio that were sent
 */
public record Outcome(
    int number,
    Query query,
    long startNanos,
    long lateNanos,
    long endedNanos,
    Ending ending,
    String code,
    Optional<Answer> answer,
    Optional<Refusal> refusal,
    List<Long> partialNanos,
    long bytes) {

  /**
   * All finals of one query.
   *
   * @param finals how many
   * @param text of all of them
   * @param last the last one
   * @param atNanos when the last one came
   */
  public record Answer(int finals, String text, FinalAnswer last, long atNanos) {}

  /** Intended end of its speech. */
  public long speechEndNanos() {
    return startNanos + query.speechEnd().toNanos();
  }

  /**
   * From the intended end of speech to the last final; 0 for one that came before, which a server
   * that cut the speech short can do. Empty without answer.
   */
  public Optional<Long> latencyNanos() {
    return answer.map(given -> Math.max(0, given.atNanos() - speechEndNanos()));
  }
}
