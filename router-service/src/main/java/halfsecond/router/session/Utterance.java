// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.session;

import halfsecond.common.error.Reason;
import halfsecond.common.error.SpeechException;
import halfsecond.router.admission.Admission.Admitted;
import halfsecond.router.model.ModelChoice;
import halfsecond.router.replay.Quarantine;
import halfsecond.router.utterance.Finality;
import halfsecond.router.utterance.Identifier;
import halfsecond.router.utterance.ReplayCause;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One utterance from the start of its speech to its closing answer, of which there is exactly one:
 * recognition's, or the last hypothesis when the deadline comes first, or a refusal. The version is
 * chosen once. For the session's sequence only; recognition's events are brought into it.
 */
final class Utterance {
  private final SessionScope scope;
  private final Consumer<SpeechException> unusable;
  private final String id = Identifier.random();
  private final SpeechStarted start;
  private final Clip clip;
  private final UtteranceTrace trace;
  private final AnswerFence fence = new AnswerFence();
  private final UtteranceProgress progress = new UtteranceProgress();
  private @Nullable Attempts attempts;
  private @Nullable AnswerDeadline deadline;
  private @Nullable SpeechException refusal;
  private Admitted admitted = () -> {};
  private boolean heldBack;
  private boolean condemned;

  /**
   * @param unusable told the refusal when no utterance of the session can be recognized as it was
   *     configured
   */
  Utterance(SessionScope scope, SpeechStarted start, Consumer<SpeechException> unusable) {
    this.scope = scope;
    this.unusable = unusable;
    this.start = start;
    this.clip = new Clip(scope.ring(), start);
    progress.startOfSpeechNanos = scope.audioClock().dueNanos(start.speechStart());
    this.trace =
        new UtteranceTrace(scope.services().tracer(), scope.wall(), start, scope.sessionId(), id);
  }

  String id() {
    return id;
  }

  /** Does something as a step of the session. */
  void step(Runnable task) {
    scope.step().execute(task);
  }

  /**
   * Chooses the version, asks for admission and opens recognition; a refusal becomes the answer.
   */
  void open() {
    SessionServices services = scope.services();
    try {
      ModelChoice choice = services.models().choose(scope.config().model(), id);
      progress.choice = choice;
      trace.modelChosen(choice);
      admitted = services.admission().utterance(scope.config().trafficClass(), choice.version());
      services.replays().retries().utterance();
      attempts = new Attempts(scope, this, choice, clip, trace, fence, progress);
      deadline = new AnswerDeadline(scope, progress, attempts, this::due);
      heldBack = !services.replays().quarantine().isEmpty();
      release();
    } catch (SpeechException e) {
      reject(e);
    }
  }

  /** Opens recognition once the beginning of the clip is known not to be quarantined. */
  private void release() {
    Quarantine quarantine = scope.services().replays().quarantine();
    if (heldBack && !clip.beginningKnown()) {
      return;
    }
    if (heldBack && quarantine.holds(clip.beginning())) {
      reject(exhausted());
      return;
    }
    heldBack = false;
    if (attempts != null) {
      attempts.open();
    }
  }

  /** The clip reaches at least here. */
  void acknowledge(long sample) {
    clip.acknowledge(sample);
    grown();
  }

  void speechEnded(SpeechEnded end) {
    progress.end = end;
    progress.endOfSpeechNanos = scope.audioClock().dueNanos(end.speechEnd());
    clip.complete(end.clipEnd());
    if (!fence.answered()) {
      trace.endpoint(end);
    }
    grown();
    if (deadline != null && !fence.answered()) {
      deadline.begin();
    }
  }

  private void grown() {
    if (condemned) {
      quarantine();
    } else if (fence.answered()) {
      return;
    } else if (heldBack) {
      release();
    } else if (attempts != null) {
      attempts.forward();
    }
  }

  /** The detector that follows the utterance was lost and another one takes it up. */
  void detectorLost() {
    progress.lost(ReplayCause.VAD_LOST);
    trace.replayed(ReplayCause.VAD_LOST);
  }

  Optional<Duration> timeLeft() {
    return deadline == null ? Optional.empty() : deadline.timeLeft();
  }

  void ready(int attempt) {
    if (fence.admits(attempt) && attempts != null) {
      attempts.forward();
    }
  }

  void progressed(int attempt, long processedSamples) {
    if (fence.admits(attempt) && attempts != null) {
      attempts.alive(processedSamples);
    }
    moreEvents();
  }

  void hypothesis(int attempt, Hypothesis hypothesis) {
    if (fence.admits(attempt) && attempts != null) {
      progress.heard(hypothesis, scope.config().interimResults());
      attempts.alive(hypothesis.processedSamples());
    }
    moreEvents();
  }

  void finalAnswer(int attempt, FinalHypothesis answer) {
    if (attempts == null || !fence.admits(attempt) || answer.attempt() != attempt) {
      moreEvents();
    } else if (!attempts.told()) {
      // An answer to a question that was not finished is as good as none.
      attempts.abandon(new BackendFailure(Reason.INTERNAL));
    } else if (answer.complete()) {
      close(answer);
      attempts.stop();
      admitted.close();
      moreEvents();
    } else {
      cut(better(answer));
    }
  }

  void lost(int attempt, BackendFailure failure) {
    if (attempts != null) {
      attempts.lost(attempt, failure);
    }
  }

  /** Recognition cannot do what was asked for, here or elsewhere, or has no room for it. */
  void refused(BackendFailure failure) {
    SpeechException status = failure.asRefusal();
    reject(status);
    if (failure.endsSession()) {
      unusable.accept(status);
    }
  }

  /** The audio was lost with as many backends as may have it. */
  void exhausted(List<ReplayCause> losses) {
    reject(exhausted());
    // Backends that drained or were slow say nothing about the audio.
    condemned =
        losses.stream()
            .noneMatch(cause -> cause == ReplayCause.DRAINING || cause == ReplayCause.SLOW);
    if (condemned) {
      quarantine();
    }
  }

  private static SpeechException exhausted() {
    return new SpeechException(
        Reason.REPLAY_EXHAUSTED, "the audio was lost with every backend that had it");
  }

  /** Remembers the audio as soon as enough of it is known. */
  private void quarantine() {
    if (clip.beginningKnown()) {
      condemned = false;
      scope.services().replays().quarantine().add(clip.beginning());
      scope.services().metrics().quarantined();
    }
  }

  /** No backend was found in time. */
  void unreachable() {
    if (attempts == null) {
      return;
    }
    if (scope.truncates() && progress.hypothesis != null) {
      cut(held());
    } else {
      reject(attempts.failure().asRefusal());
    }
  }

  /** The answer is due and recognition has not given it. */
  private void due() {
    if (attempts == null || fence.answered()) {
      return;
    }
    if (attempts.underway()) {
      cut(held());
    } else {
      unreachable();
    }
  }

  /** Answers with less than all of the clip; the full answer is waited for, for the record. */
  private void cut(FinalHypothesis answer) {
    if (attempts == null || fence.answered()) {
      return;
    }
    Optional<Attempt> left = attempts.handOver();
    close(answer);
    if (left.isEmpty()) {
      admitted.close();
      return;
    }
    LateTail tail =
        new LateTail(
            scope.services(),
            left.get().stream(),
            admitted,
            report(0).lateBase(),
            answer.best(),
            progress.endOfSpeechNanos);
    left.get().handTo(tail);
    tail.begin(scope.strand());
  }

  private void close(FinalHypothesis answer) {
    if (fence.answer()) {
      progress.backend = attempts == null ? "" : attempts.backend();
      progress.answer = answer;
      trace.decoded(answer.arrivalNanos());
      cancelDeadline();
    }
  }

  /** Of an answer that was cut and the last hypothesis, the one that covers more. */
  private FinalHypothesis better(FinalHypothesis answer) {
    Hypothesis last = progress.hypothesis;
    return last != null && last.processedSamples() > answer.processedSamples() ? held() : answer;
  }

  /** The last hypothesis as an answer; empty when there never was one. */
  private FinalHypothesis held() {
    ModelChoice choice = progress.choice;
    return FinalHypothesis.cut(
        Optional.ofNullable(progress.hypothesis),
        choice == null ? "" : choice.version(),
        scope.now());
  }

  /** Closes the utterance with a refusal, unless it has its answer. */
  void reject(SpeechException status) {
    if (fence.answer()) {
      refusal = status;
      giveUp();
    }
  }

  private void giveUp() {
    cancelDeadline();
    if (attempts != null) {
      attempts.cancel();
    }
    admitted.close();
  }

  private void cancelDeadline() {
    if (deadline != null) {
      deadline.cancel();
    }
  }

  /** Whether the closing answer is there to be sent. */
  boolean answered() {
    return fence.answered();
  }

  /** First sample of the clip; its audio is kept until it is answered. */
  long clipStart() {
    return clip.start();
  }

  /**
   * Acknowledged audio that recognition is behind. None while no backend has the utterance: it
   * could only end, and be refused, if the detector goes on hearing the client; the session keeps
   * the audio until then.
   */
  long pending() {
    boolean waiting = attempts != null && !attempts.underway();
    return fence.answered() || waiting ? 0 : clip.unforwarded();
  }

  /** The oldest sample that may have to be sent; {@code otherwise} when there is none. */
  long oldestNeeded(long otherwise) {
    return fence.answered() ? otherwise : clip.start();
  }

  /** Sends the speech events that have happened, each once. */
  void sendActivity(SessionOutput out) {
    if (!scope.config().activityEvents()) {
      return;
    }
    if (!progress.beginSent) {
      progress.beginSent = true;
      out.activity(new SpeechActivity(true, scope.offset(start.speechStart()), id));
    }
    SpeechEnded end = progress.end;
    if (end != null && !progress.endSent) {
      progress.endSent = true;
      out.activity(new SpeechActivity(false, scope.offset(end.speechEnd()), id));
    }
  }

  /** Sends the newest interim result, if one waits and the client takes it. */
  void sendInterim(SessionOutput out) {
    Hypothesis newest = progress.hypothesis;
    ModelChoice choice = progress.choice;
    if (progress.interimWaits && newest != null && choice != null && out.isReady()) {
      progress.interimSent();
      out.interim(
          new InterimResult(
              id,
              newest.transcript(),
              newest.stability(),
              scope.offset(clip.start()),
              scope.offset(Math.min(clip.start() + newest.processedSamples(), clip.end())),
              choice.version()));
    }
  }

  /**
   * Sends the closing answer, measures and records it. To be called once, when {@link #answered}.
   */
  void sendAnswer(SessionOutput out, int ordinal) {
    progress.dropInterim();
    UtteranceReport report = report(ordinal);
    FinalHypothesis answer = progress.answer;
    SpeechEnded end = progress.end;
    if (refusal != null) {
      out.rejected(new Rejection(id, refusal, scope.offset(clip.start())));
      report.rejected(refusal);
    } else if (answer != null && end != null) {
      Finality finality = answer.complete() ? end.reason().finality() : Finality.DEADLINE;
      long sentNanos = scope.now();
      FinalResult result = report.result(answer, end, finality, sentNanos);
      out.answered(result);
      report.answered(result, answer, sentNanos);
    }
  }

  private UtteranceReport report(int ordinal) {
    int tried = attempts == null ? 0 : attempts.tried();
    return new UtteranceReport(scope, id, start, clip, trace, progress, tried, ordinal);
  }

  /** The client has gone: everything is given up, nothing is answered. */
  void abandon() {
    if (fence.answer()) {
      giveUp();
    }
    trace.abandoned(scope.now());
  }

  private void moreEvents() {
    if (attempts != null) {
      attempts.more();
    }
  }
}
