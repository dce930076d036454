// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.session;

import halfsecond.common.error.SpeechException;
import halfsecond.router.model.ModelChoice;
import halfsecond.router.utterance.Finality;
import halfsecond.router.utterance.Identifier;
import halfsecond.router.utterance.TrafficClass;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One utterance from the start of its speech to its closing answer, of which there is exactly one.
 * The version is chosen once. For the session's sequence only; recognition's events are brought
 * into it.
 */
final class Utterance {
  /** Less time than this is never given to recognition: it could not even say what it holds. */
  private static final Duration LEAST_TIME = Duration.ofMillis(10);

  private final SessionScope scope;
  private final Consumer<SpeechException> unusable;
  private final String id = Identifier.random();
  private final SpeechStarted start;
  private final Clip clip;
  private final UtteranceTrace trace;
  private final AnswerFence fence = new AnswerFence();
  private final UtteranceProgress progress = new UtteranceProgress();
  private @Nullable RecognitionStream stream;
  private @Nullable SpeechException refusal;

  /**
   * @param unusable told the refusal when no utterance of the session can be recognized as it was
   *     configured
   */
  Utterance(SessionScope scope, SpeechStarted start, Consumer<SpeechException> unusable) {
    this.scope = scope;
    this.unusable = unusable;
    this.start = start;
    this.clip = new Clip(scope.ring(), start);
    this.trace =
        new UtteranceTrace(scope.services().tracer(), scope.wall(), start, scope.sessionId(), id);
  }

  /** Chooses the version and opens recognition; a refusal becomes the answer. */
  void open() {
    try {
      ModelChoice choice = scope.services().models().choose(scope.config().model(), id);
      progress.choice = choice;
      trace.modelChosen(choice);
      attempt(choice);
    } catch (SpeechException e) {
      reject(e);
    }
  }

  private void attempt(ModelChoice choice) {
    int number = fence.nextAttempt();
    ClipRequest request =
        new ClipRequest(
            choice.version(),
            id,
            number,
            scope.config().recognition(),
            scope.config().trafficClass(),
            Set.of());
    stream =
        scope
            .services()
            .recognition()
            .open(request, trace.context(), new Attempt(scope.sequence(), number, this));
    forward();
  }

  /** The clip reaches at least here. */
  void acknowledge(long sample) {
    clip.acknowledge(sample);
    forward();
  }

  void speechEnded(SpeechEnded end) {
    progress.end = end;
    progress.endOfSpeechNanos = scope.audioClock().dueNanos(end.speechEnd());
    clip.complete(end.clipEnd());
    if (!fence.answered()) {
      trace.endpoint(end);
      forward();
    }
  }

  /** Sends what recognition takes of what is acknowledged, then tells it to finish. */
  void forward() {
    RecognitionStream to = stream;
    if (to == null || fence.answered() || progress.finished) {
      return;
    }
    while (clip.pending() > 0 && to.isReady()) {
      to.audio(clip.next());
    }
    if (clip.done()) {
      progress.finished = true;
      to.finish(timeLeft());
      progress.finishedNanos = scope.now();
      trace.routed(progress.finishedNanos);
    }
  }

  private Optional<Duration> timeLeft() {
    if (scope.config().trafficClass() == TrafficClass.BATCH) {
      return Optional.empty();
    }
    Duration spent = Duration.ofNanos(Math.max(0, scope.now() - progress.endOfSpeechNanos));
    return scope
        .config()
        .budget()
        .map(budget -> budget.minus(scope.services().deliverShare()).minus(spent))
        .map(left -> left.compareTo(LEAST_TIME) < 0 ? LEAST_TIME : left);
  }

  void ready(int attempt) {
    if (fence.admits(attempt)) {
      forward();
    }
  }

  void progressed(int attempt) {
    if (fence.admits(attempt)) {
      forward();
    }
    moreEvents();
  }

  void hypothesis(int attempt, Hypothesis hypothesis) {
    if (fence.admits(attempt)) {
      progress.heard(hypothesis, scope.config().interimResults());
    }
    moreEvents();
  }

  void finalAnswer(int attempt, FinalHypothesis answer) {
    if (!fence.admits(attempt) || answer.attempt() != attempt) {
      moreEvents();
    } else if (!progress.finished) {
      // An answer to a question that was not finished is as good as none.
      lost(attempt, BackendFailure.LOST);
    } else if (fence.answer()) {
      progress.answer = answer;
      trace.decoded(answer.arrivalNanos());
      moreEvents();
    }
  }

  void lost(int attempt, BackendFailure failure) {
    if (!fence.admits(attempt)) {
      return;
    }
    SpeechException status = failure.asRefusal();
    reject(status);
    if (failure.endsSession()) {
      unusable.accept(status);
    }
  }

  /** Closes the utterance with a refusal, unless it has its answer. */
  void reject(SpeechException status) {
    if (fence.answer()) {
      refusal = status;
      if (stream != null) {
        stream.cancel();
      }
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

  /** Acknowledged audio that waits for recognition. */
  long pending() {
    return waitsForRecognition() ? clip.pending() : 0;
  }

  /** The oldest sample that is still to be forwarded; {@code otherwise} when there is none. */
  long oldestNeeded(long otherwise) {
    return waitsForRecognition() ? clip.forwarded() : otherwise;
  }

  private boolean waitsForRecognition() {
    return !fence.answered() && !progress.finished;
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
    UtteranceReport report = new UtteranceReport(scope, id, start, clip, trace, progress, ordinal);
    FinalHypothesis answer = progress.answer;
    SpeechEnded end = progress.end;
    if (refusal != null) {
      out.rejected(new Rejection(id, refusal, scope.offset(clip.start())));
      report.rejected(refusal, fence.attempts());
    } else if (answer != null && end != null) {
      Finality finality = answer.complete() ? end.reason().finality() : Finality.DEADLINE;
      long sentNanos = scope.now();
      FinalResult result = report.result(answer, end, finality, sentNanos);
      out.answered(result);
      report.answered(result, answer, sentNanos, fence.attempts());
    }
  }

  /** The client has gone: everything is given up, nothing is answered. */
  void abandon() {
    boolean unused = fence.answer();
    if (stream != null) {
      stream.cancel();
    }
    trace.abandoned(scope.now());
  }

  private void moreEvents() {
    if (stream != null) {
      stream.next();
    }
  }
}
