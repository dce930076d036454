// SPDX-License-Identifier: Apache-2.0
package halfsecond.vad.telemetry;

import halfsecond.vad.endpoint.SpeechEnded;
import halfsecond.vad.endpoint.SpeechStarted;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Mints the trace of each utterance of one stream: a root span {@value #SPAN} from the start of the
 * speech to the decision that it is over. A stream outlives its utterances, so the call's own trace
 * is only linked. Used by one thread at a time.
 */
public final class UtteranceTrace {
  /** Name of the span. */
  public static final String SPAN = "vad.endpoint";

  private static final AttributeKey<String> SESSION =
      AttributeKey.stringKey("halfsecond.session_id");
  private static final AttributeKey<Long> UTTERANCE =
      AttributeKey.longKey("halfsecond.utterance_index");
  private static final AttributeKey<Long> RATE =
      AttributeKey.longKey("halfsecond.sample_rate_hertz");
  private static final AttributeKey<Long> CLIP_START =
      AttributeKey.longKey("halfsecond.clip_start_sample");
  private static final AttributeKey<Long> CLIP_END =
      AttributeKey.longKey("halfsecond.clip_end_sample");
  private static final AttributeKey<Long> SPEECH_START =
      AttributeKey.longKey("halfsecond.speech_start_sample");
  private static final AttributeKey<Long> SPEECH_END =
      AttributeKey.longKey("halfsecond.speech_end_sample");
  private static final AttributeKey<Long> DECIDED =
      AttributeKey.longKey("halfsecond.decided_sample");
  private static final AttributeKey<String> END_REASON =
      AttributeKey.stringKey("halfsecond.end_reason");
  private static final AttributeKey<Double> SPEECH_RATIO =
      AttributeKey.doubleKey("halfsecond.speech_ratio");
  private static final AttributeKey<Double> MEAN_LEVEL =
      AttributeKey.doubleKey("halfsecond.mean_level_dbfs");

  private final Tracer tracer;
  private final Clock clock;
  private final SpanContext call;
  private final String sessionId;
  private final int sampleRateHertz;
  private @Nullable Span span;

  /**
   * @param call the span of the stream's call, valid or not
   */
  public UtteranceTrace(
      Tracer tracer, Clock clock, SpanContext call, String sessionId, int sampleRateHertz) {
    this.tracer = tracer;
    this.clock = clock;
    this.call = call;
    this.sessionId = sessionId;
    this.sampleRateHertz = sampleRateHertz;
  }

  /** Begins an utterance's trace and returns its W3C traceparent; empty where nothing is traced. */
  public String start(SpeechStarted event) {
    Duration heardSince =
        Duration.ofNanos(
            (event.processed() - event.speechStart()) * 1_000_000_000L / sampleRateHertz);
    SpanBuilder builder =
        tracer
            .spanBuilder(SPAN)
            .setNoParent()
            .setStartTimestamp(clock.instant().minus(heardSince))
            .setAttribute(SESSION, sessionId)
            .setAttribute(UTTERANCE, event.utteranceIndex())
            .setAttribute(RATE, (long) sampleRateHertz)
            .setAttribute(CLIP_START, event.clipStart())
            .setAttribute(SPEECH_START, event.speechStart());
    if (call.isValid()) {
      builder.addLink(call);
    }
    Span begun = builder.startSpan();
    span = begun;
    Map<String, String> headers = new HashMap<>();
    W3CTraceContextPropagator.getInstance()
        .inject(Context.root().with(begun), headers, (map, key, value) -> own(map).put(key, value));
    return headers.getOrDefault("traceparent", "");
  }

  /** Ends the trace's span with what the utterance came to. */
  public void end(SpeechEnded event) {
    Span ended = span;
    if (ended == null) {
      return;
    }
    span = null;
    ended.setAttribute(CLIP_END, event.clipEnd());
    ended.setAttribute(SPEECH_END, event.speechEnd());
    ended.setAttribute(DECIDED, event.decided());
    ended.setAttribute(END_REASON, event.reason().name());
    ended.setAttribute(SPEECH_RATIO, event.statistics().speechRatio());
    ended.setAttribute(MEAN_LEVEL, event.statistics().meanLevelDbfs());
    ended.end(clock.instant());
  }

  /** Ends the span of an utterance that will not be completed; does nothing when there is none. */
  public void abandon() {
    Span ended = span;
    if (ended == null) {
      return;
    }
    span = null;
    ended.setStatus(StatusCode.ERROR, "the stream ended within the utterance");
    ended.end(clock.instant());
  }

  private static Map<String, String> own(@Nullable Map<String, String> carrier) {
    return Objects.requireNonNull(carrier, "carrier");
  }
}
