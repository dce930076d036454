// SPDX-License-Identifier: Apache-2.0
package halfsecond.vad.rpc;

import halfsecond.vad.endpoint.Detector;
import halfsecond.vad.endpoint.EndpointingSettings;
import halfsecond.vad.endpoint.FrameJudge;
import halfsecond.vad.endpoint.Progress;
import halfsecond.vad.endpoint.RenewedJudge;
import halfsecond.vad.endpoint.SpeechEnded;
import halfsecond.vad.endpoint.SpeechListener;
import halfsecond.vad.endpoint.SpeechStarted;
import halfsecond.vad.telemetry.UtteranceTrace;
import halfsecond.vad.telemetry.VadMetrics;
import halfsecond.vad.v1.DetectResponse;
import io.opentelemetry.api.trace.Span;
import java.nio.ShortBuffer;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A call that has sent its config: its detector, what is told of each utterance and to whom. Owns
 * the detector until {@link #close}. Used by one thread at a time.
 */
final class DetectStream implements AutoCloseable, SpeechListener {
  private static final Logger logger = LoggerFactory.getLogger(DetectStream.class);

  private final StreamSettings settings;
  private final VadMetrics metrics;
  private final Consumer<DetectResponse> responses;
  private final UtteranceTrace trace;
  private final Detector detector;
  private long utterances;

  DetectStream(StreamSettings settings, DetectContext context, Consumer<DetectResponse> responses) {
    this.settings = settings;
    this.metrics = context.metrics();
    this.responses = responses;
    this.trace =
        new UtteranceTrace(
            context.tracer(),
            context.clock(),
            Span.current().getSpanContext(),
            settings.sessionId(),
            settings.sampleRateHertz());
    EndpointingSettings endpointing = settings.endpointing();
    int rate = settings.sampleRateHertz();
    int frameMillis = endpointing.frameMillis();
    FrameJudge judge =
        new RenewedJudge(
            () -> context.judges().open(rate, frameMillis, endpointing.aggressiveness()),
            rate,
            frameMillis,
            settings.startSample());
    this.detector = new Detector(endpointing, rate, settings.startSample(), judge, this);
  }

  void hear(ShortBuffer audio) {
    detector.hear(audio);
  }

  void endUtterance() {
    detector.endUtterance();
  }

  void endOfStream() {
    detector.endOfStream();
  }

  boolean inUtterance() {
    return detector.inUtterance();
  }

  @Override
  public void speechStarted(SpeechStarted event) {
    responses.accept(Responses.of(event, trace.start(event)));
  }

  @Override
  public void progress(Progress event) {
    responses.accept(Responses.of(event));
  }

  @Override
  public void speechEnded(SpeechEnded event) {
    utterances++;
    trace.end(event);
    metrics.utterance(event, settings.sampleRateHertz());
    responses.accept(Responses.of(event, settings.sampleRateHertz()));
  }

  @Override
  public void close() {
    detector.close();
    trace.abandon();
    long samples = detector.processed() - settings.startSample();
    logger
        .atInfo()
        .addKeyValue("session_id", settings.sessionId())
        .addKeyValue("audio_ms", samples * 1000 / settings.sampleRateHertz())
        .addKeyValue("utterances", utterances)
        .log("detect stream ended");
  }
}
