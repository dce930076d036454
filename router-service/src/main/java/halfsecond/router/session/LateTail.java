// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.session;

import halfsecond.common.concurrent.Scheduler;
import halfsecond.router.admission.Admission.Admitted;
import halfsecond.router.record.Outcome;
import halfsecond.router.record.UtteranceRecord;
import halfsecond.router.utterance.Alternative;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * What comes after a final that was cut at its deadline: waits for the full answer and records how
 * much the early one lacked. It outlives its session but for the longest wait, and keeps of the
 * utterance only the words that were sent. For the session's strand only.
 */
final class LateTail {
  /** What a record may count to. */
  private static final int MOST_WORDS = 1_000;

  private final SessionServices services;
  private final RecognitionStream stream;
  private final Admitted admitted;
  private final UtteranceRecord base;
  private final List<String> sent;
  private final long endOfSpeechNanos;
  private Scheduler.@Nullable Timer limit;
  private boolean over;

  /**
   * @param admitted closed when recognition has no more work with the utterance
   * @param base what revision 2 says besides the answer
   * @param sent what the client got
   */
  LateTail(
      SessionServices services,
      RecognitionStream stream,
      Admitted admitted,
      UtteranceRecord base,
      Alternative sent,
      long endOfSpeechNanos) {
    this.services = services;
    this.stream = stream;
    this.admitted = admitted;
    this.base = base;
    this.sent = sent.words(MOST_WORDS);
    this.endOfSpeechNanos = endOfSpeechNanos;
  }

  /** Begins to wait. */
  void begin(Executor strand) {
    limit =
        services
            .scheduler()
            .after(services.shares().lateAnswer(), () -> strand.execute(this::expire));
    stream.next();
  }

  /** An event that says nothing new. */
  void more() {
    if (!over) {
      stream.next();
    }
  }

  void answered(FinalHypothesis answer) {
    if (over || !answer.complete()) {
      more();
      return;
    }
    record(answer);
    ended();
    stream.next();
  }

  /** Nothing more comes. */
  void ended() {
    if (!over) {
      over = true;
      admitted.close();
      if (limit != null) {
        limit.cancel();
      }
    }
  }

  private void expire() {
    if (!over) {
      stream.cancel();
      ended();
    }
  }

  private void record(FinalHypothesis answer) {
    List<String> full = answer.best().words(MOST_WORDS);
    WordDifference difference = WordDifference.between(sent, full);
    services.metrics().lateAnswer(difference.changed() > 0, difference.truncated());
    services
        .records()
        .offer(
            base.late(
                new Outcome.Late(
                    full.isEmpty(),
                    answer.noiseRejected(),
                    answer.best().confidence(),
                    full.size(),
                    difference.truncated(),
                    difference.changed(),
                    Duration.ofNanos(Math.max(0, answer.arrivalNanos() - endOfSpeechNanos))),
                answer.statistics()));
  }
}
