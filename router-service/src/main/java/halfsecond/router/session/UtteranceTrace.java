// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.session;

import halfsecond.router.model.ModelChoice;
import halfsecond.router.utterance.Finality;
import halfsecond.router.utterance.Latency;
import halfsecond.router.utterance.ReplayCause;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The router's spans of one utterance: {@code utterance} from the start of speech to the answer,
 * and in it {@code route} (endpoint received to recognition told to finish) and {@code deliver}
 * (final received to written). They carry offsets, the model version, the budget and its spend,
 * never words. Times are those of the breakdown, so that the spans after the end of speech add up
 * to it. For the session's sequence only.
 */
final class UtteranceTrace {
  static final String UTTERANCE = "utterance";
  static final String ROUTE = "route";
  static final String DELIVER = "deliver";

  private static final TextMapGetter<String> PARENT =
      new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(String carrier) {
          return List.of("traceparent");
        }

        @Override
        public @Nullable String get(@Nullable String carrier, String key) {
          return key.equals("traceparent") ? carrier : null;
        }
      };

  private final Tracer tracer;
  private final WallClock wall;
  private final Span utterance;
  private final Context context;
  private @Nullable Span step;

  UtteranceTrace(
      Tracer tracer, WallClock wall, SpeechStarted start, String sessionId, String utteranceId) {
    this.tracer = tracer;
    this.wall = wall;
    Context parent =
        W3CTraceContextPropagator.getInstance()
            .extract(Context.root(), start.traceParent(), PARENT);
    this.utterance =
        tracer
            .spanBuilder(UTTERANCE)
            .setParent(parent)
            .setStartTimestamp(wall.at(start.arrivalNanos()))
            .setAttribute("halfsecond.session_id", sessionId)
            .setAttribute("halfsecond.utterance_id", utteranceId)
            .setAttribute("halfsecond.clip_start_ms", millis(start.clipStart()))
            .setAttribute("halfsecond.speech_start_ms", millis(start.speechStart()))
            .startSpan();
    this.context = parent.with(utterance);
  }

  /** What everything done for the utterance joins. */
  Context context() {
    return context;
  }

  /** 32 hexadecimal digits, or empty when nothing is traced. */
  String traceId() {
    return utterance.getSpanContext().isValid() ? utterance.getSpanContext().getTraceId() : "";
  }

  void modelChosen(ModelChoice choice) {
    utterance
        .setAttribute("halfsecond.model_version", choice.version())
        .setAttribute("halfsecond.model_rule", choice.rule());
  }

  /** Something was lost and is done again elsewhere. */
  void replayed(ReplayCause cause) {
    utterance.addEvent(
        "replay", Attributes.of(AttributeKey.stringKey("halfsecond.cause"), cause.name()));
  }

  void endpoint(SpeechEnded end) {
    utterance
        .setAttribute("halfsecond.speech_end_ms", millis(end.speechEnd()))
        .setAttribute("halfsecond.clip_end_ms", millis(end.clipEnd()));
    step = child(ROUTE, end.arrivalNanos());
  }

  void routed(long nanos) {
    endStep(nanos);
  }

  void decoded(long nanos) {
    endStep(nanos);
    step = child(DELIVER, nanos);
  }

  void sent(long nanos, Finality finality, Latency latency) {
    endStep(nanos);
    utterance
        .setAttribute("halfsecond.finality", finality.name())
        .setAttribute("halfsecond.attempts", latency.attempts())
        .setAttribute("halfsecond.final_latency_ms", latency.sent().toMillis());
    latency.budget().map(Duration::toMillis).ifPresent(this::budget);
    utterance.end(wall.at(nanos));
  }

  void rejected(long nanos, String reason) {
    endStep(nanos);
    utterance.setAttribute("halfsecond.rejected", reason).setStatus(StatusCode.ERROR);
    utterance.end(wall.at(nanos));
  }

  /** The client has gone; nobody gets an answer. */
  void abandoned(long nanos) {
    endStep(nanos);
    utterance.setAttribute("halfsecond.abandoned", true);
    utterance.end(wall.at(nanos));
  }

  private void budget(long budgetMillis) {
    utterance.setAttribute("halfsecond.budget_ms", budgetMillis);
  }

  private Span child(String name, long nanos) {
    return tracer
        .spanBuilder(name)
        .setParent(context)
        .setStartTimestamp(wall.at(nanos))
        .startSpan();
  }

  private void endStep(long nanos) {
    if (step != null) {
      step.end(wall.at(nanos));
      step = null;
    }
  }

  private static long millis(long sample) {
    return sample / 16;
  }
}
