// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.session;

import halfsecond.common.error.SpeechException;
import halfsecond.router.measure.RouterMetrics;
import halfsecond.router.model.ModelChoice;
import halfsecond.router.record.Outcome;
import halfsecond.router.record.UtteranceRecord;
import halfsecond.router.redo.RedoSink;
import halfsecond.router.redo.RedoWatch;
import halfsecond.router.utterance.Alternative;
import halfsecond.router.utterance.DecodeStatistics;
import halfsecond.router.utterance.Finality;
import halfsecond.router.utterance.Latency;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;

/** Turns what happened to an utterance into its breakdown, spans, metrics and record. */
record UtteranceReport(
    SessionScope scope,
    String id,
    SpeechStarted start,
    Clip clip,
    UtteranceTrace trace,
    UtteranceProgress progress,
    int attempts,
    int ordinal) {

  FinalResult result(FinalHypothesis answer, SpeechEnded end, Finality finality, long sentNanos) {
    return new FinalResult(
        id,
        answer.alternatives(),
        clip.start(),
        scope.offset(clip.start()),
        scope.offset(clip.end()),
        finality,
        answer.modelVersion(),
        latency(answer, end, sentNanos),
        trace.traceId());
  }

  /**
   * Each instant is measured; none is before the one that caused it, nor before the end of speech.
   */
  private Latency latency(FinalHypothesis answer, SpeechEnded end, long sentNanos) {
    long endpoint = Math.max(0, end.arrivalNanos() - progress.endOfSpeechNanos);
    long routed = Math.max(endpoint, progress.finishedNanos - progress.endOfSpeechNanos);
    long decoded = Math.max(routed, answer.arrivalNanos() - progress.endOfSpeechNanos);
    long sent = Math.max(decoded, sentNanos - progress.endOfSpeechNanos);
    return new Latency(
        scope.offset(end.speechEnd()),
        Duration.ofNanos(endpoint),
        Duration.ofNanos(routed),
        Duration.ofNanos(decoded),
        Duration.ofNanos(sent),
        scope.config().budget(),
        answer.statistics().finalizeTime(),
        attempts);
  }

  void answered(FinalResult result, FinalHypothesis answer, long sentNanos) {
    Alternative best = answer.best();
    boolean empty = best.wordCount() == 0;
    boolean deadline = result.finality() == Finality.DEADLINE;
    boolean noHypothesis = empty && deadline && progress.hypothesis == null;
    String outcome =
        deadline
            ? RouterMetrics.OUTCOME_DEADLINE
            : empty ? RouterMetrics.OUTCOME_NULL : RouterMetrics.OUTCOME_FINAL;
    trace.sent(sentNanos, result.finality(), result.latency());
    scope
        .services()
        .metrics()
        .answered(outcome, scope.config().trafficClass(), result.modelVersion());
    measure(result, deadline);
    record(
        new Outcome.Final(
            result.finality(),
            empty && !noHypothesis,
            answer.noiseRejected(),
            noHypothesis,
            best.confidence(),
            best.wordCount()),
        Optional.of(result.latency()),
        // What a cut utterance costs is known when its full answer comes.
        deadline ? Optional.empty() : Optional.of(answer.statistics()));
    if (scope.live()) {
      scope.services().redos().ifPresent(sink -> compare(best, sentNanos, sink));
    }
  }

  private void compare(Alternative best, long sentNanos, RedoSink sink) {
    scope
        .redo()
        .answered(
            id,
            best.words(RedoWatch.MOST_WORDS),
            progress.startOfSpeechNanos,
            scope.wall().at(progress.startOfSpeechNanos),
            sentNanos)
        .ifPresent(sink::offer);
  }

  private void measure(FinalResult result, boolean deadline) {
    RouterMetrics metrics = scope.services().metrics();
    String version = result.modelVersion();
    metrics.latency(result.latency(), scope.config().trafficClass(), version, trace.context());
    if (scope.live()) {
      metrics.slo(result.latency(), deadline, version, trace.context());
    }
  }

  void rejected(SpeechException status) {
    long now = scope.now();
    ModelChoice choice = progress.choice;
    trace.rejected(now, status.reason().name());
    scope
        .services()
        .metrics()
        .rejected(
            status.reason(), scope.config().trafficClass(), choice == null ? "" : choice.version());
    Duration after = Duration.ofNanos(Math.max(0, now - start.arrivalNanos()));
    record(new Outcome.Rejected(status.reason(), after), Optional.empty(), Optional.empty());
  }

  private void record(
      Outcome outcome, Optional<Latency> latency, Optional<DecodeStatistics> decode) {
    scope.services().records().offer(entry(outcome, latency, decode));
  }

  /** What the record of the full answer says besides the answer. To be used by it only. */
  UtteranceRecord lateBase() {
    Outcome unknown =
        new Outcome.Final(Finality.DEADLINE, false, false, false, OptionalDouble.empty(), 0);
    return entry(unknown, Optional.empty(), Optional.empty());
  }

  private UtteranceRecord entry(
      Outcome outcome, Optional<Latency> latency, Optional<DecodeStatistics> decode) {
    Optional<SpeechEnded> end = Optional.ofNullable(progress.end);
    long eventNanos = end.isPresent() ? progress.endOfSpeechNanos : scope.now();
    return new UtteranceRecord(
        id,
        1,
        scope.sessionId(),
        scope.wall().at(eventNanos),
        Optional.ofNullable(progress.choice),
        scope.config().model().cohort(),
        scope.config().trafficClass(),
        scope.config().format(),
        end.flatMap(SpeechEnded::statistics),
        end.map(ignored -> scope.offset(clip.end() - clip.start())),
        end.map(this::speech),
        latency,
        outcome,
        decode,
        progress.partials(),
        attempts,
        progress.causes(),
        progress.backend,
        ordinal,
        trace.traceId());
  }

  private Duration speech(SpeechEnded end) {
    return scope.offset(Math.max(0, end.speechEnd() - start.speechStart()));
  }
}
