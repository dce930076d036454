// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.session;

import halfsecond.common.concurrent.Scheduler.Timer;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When the answer of one utterance is due, and the router's own timer for it. For the session's
 * sequence only.
 */
final class AnswerDeadline {
  /** Less time than this is never given to recognition: it could not even say what it holds. */
  private static final Duration LEAST_TIME = Duration.ofMillis(10);

  private final SessionScope scope;
  private final UtteranceProgress progress;
  private final Attempts attempts;
  private final Runnable due;
  private @Nullable Timer timer;

  /**
   * @param due called in the sequence when the answer is due
   */
  AnswerDeadline(SessionScope scope, UtteranceProgress progress, Attempts attempts, Runnable due) {
    this.scope = scope;
    this.progress = progress;
    this.attempts = attempts;
    this.due = due;
  }

  /** The end of speech is known. Nothing where answers are not cut. */
  void begin() {
    if (scope.truncates()) {
      arm(Math.max(left(scope.services().shares().guard()), LEAST_TIME.toNanos()));
    }
  }

  /** What recognition is told: the time until its answer is needed; absent for no limit. */
  Optional<Duration> timeLeft() {
    return scope.truncates()
        ? Optional.of(
            Duration.ofNanos(
                Math.max(left(scope.services().shares().deliver()), LEAST_TIME.toNanos())))
        : Optional.empty();
  }

  void cancel() {
    if (timer != null) {
      timer.cancel();
    }
  }

  /** Nanoseconds until so much is left; the time that the audio is late is not made up for. */
  private long left(Duration share) {
    long now = scope.now();
    if (attempts.relaxed()) {
      return attempts.untilNanos() - share.toNanos() - now;
    }
    long budget = scope.config().budget().map(Duration::toNanos).orElse(Long.MAX_VALUE);
    return budget - share.toNanos() - Math.max(0, now - progress.endOfSpeechNanos);
  }

  private void arm(long nanos) {
    timer = scope.after(Duration.ofNanos(nanos), this::look);
  }

  /** Looks again: a replay in the meantime has moved the deadline. */
  private void look() {
    Duration guard = scope.services().shares().guard();
    long more = attempts.relaxed() ? left(guard) : 0;
    if (more <= 0 && attempts.givenUpAsHung()) {
      more = Math.max(left(guard), LEAST_TIME.toNanos());
    }
    if (more > 0) {
      arm(more);
    } else {
      due.run();
    }
  }
}
