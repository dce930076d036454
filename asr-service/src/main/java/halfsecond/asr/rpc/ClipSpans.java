// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.rpc;

import halfsecond.asr.recognition.ClipResult;
import halfsecond.common.audio.Audio16k;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The spans of one clip, both children of the caller's: {@code asr.decode} from its first audio to
 * its end, {@code asr.finalize} from the request to finish to its end. Used in the call's sequence.
 */
final class ClipSpans {
  private final Tracer tracer;
  private final Context parent;
  private final String model;
  private @Nullable Span decode;
  private @Nullable Span finalize;

  ClipSpans(Tracer tracer, Context parent, String model) {
    this.tracer = tracer;
    this.parent = parent;
    this.model = model;
  }

  void audio() {
    if (decode == null) {
      decode = start("asr.decode");
    }
  }

  void finish(Optional<Duration> within) {
    Span span = start("asr.finalize");
    within.ifPresent(limit -> span.setAttribute(AsrTelemetry.FINISH_WITHIN_MS, limit.toMillis()));
    finalize = span;
  }

  void end(Outcome outcome, @Nullable ClipResult result) {
    end(finalize, outcome, result);
    end(decode, outcome, result);
    finalize = null;
    decode = null;
  }

  private Span start(String name) {
    return tracer
        .spanBuilder(name)
        .setParent(parent)
        .setAttribute(AsrTelemetry.MODEL, model)
        .startSpan();
  }

  private static void end(@Nullable Span span, Outcome outcome, @Nullable ClipResult result) {
    if (span == null) {
      return;
    }
    span.setAttribute(AsrTelemetry.OUTCOME, outcome.label());
    if (outcome == Outcome.FAILED) {
      span.setStatus(StatusCode.ERROR);
    }
    if (result != null) {
      span.setAttribute(AsrTelemetry.AUDIO_MS, Audio16k.millis(result.processedSamples()));
      span.setAttribute(AsrTelemetry.RTF, result.statistics().realTimeFactor());
    }
    span.end();
  }
}
