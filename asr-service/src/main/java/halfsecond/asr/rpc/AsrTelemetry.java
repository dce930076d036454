// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.rpc;

import halfsecond.asr.recognition.ClipResult;
import halfsecond.common.audio.Audio16k;
import halfsecond.common.telemetry.Telemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.trace.Tracer;
import java.time.Duration;
import java.util.List;

/** What this service measures and traces, with all names. Safe for use by any thread. */
public final class AsrTelemetry {
  /** Clips by model version and how they ended. */
  public static final String CLIPS = "halfsecond.asr.clips";

  /** Clips decoded to the end after their answer, by model version and how that ended. */
  public static final String LATE_ANSWERS = "halfsecond.asr.late_answers";

  /** Audio decoded, seconds. */
  public static final String AUDIO = "halfsecond.asr.audio";

  /** From the request to finish until the answer was ready, seconds. */
  public static final String FINALIZE_TIME = "halfsecond.asr.finalize.duration";

  /** Longest wait of a clip's audio for a decode thread, seconds. */
  public static final String QUEUE_TIME = "halfsecond.asr.queue.duration";

  /** Processor time of decoding over audio time of a clip. */
  public static final String REAL_TIME_FACTOR = "halfsecond.asr.real_time_factor";

  /** Clips in progress. */
  public static final String ACTIVE_CLIPS = "halfsecond.asr.active_clips";

  /** Sum of the real-time factors of the clips in progress. */
  public static final String CORES_USED = "halfsecond.asr.cores_used";

  /** Cores that may decode. */
  public static final String CORES = "halfsecond.asr.cores";

  /** Audio received and not yet decoded, seconds. */
  public static final String BACKLOG = "halfsecond.asr.backlog";

  /** Native recognizers alive. */
  public static final String RECOGNIZERS = "halfsecond.asr.native.recognizers";

  /** Native models alive. */
  public static final String MODELS = "halfsecond.asr.native.models";

  /** Native objects that nobody closed, since the start. */
  public static final String LEAKS = "halfsecond.asr.native.leaked";

  static final AttributeKey<String> MODEL = AttributeKey.stringKey("model_version");
  static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("outcome");
  static final AttributeKey<Long> AUDIO_MS = AttributeKey.longKey("halfsecond.audio_ms");
  static final AttributeKey<Double> RTF = AttributeKey.doubleKey("halfsecond.real_time_factor");
  static final AttributeKey<Long> FINISH_WITHIN_MS =
      AttributeKey.longKey("halfsecond.finish_within_ms");

  private static final String SCOPE = "halfsecond.asr";
  private static final List<Double> SECONDS =
      List.of(0.005, 0.01, 0.02, 0.035, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.5, 1.0, 2.5, 5.0);
  private static final List<Double> FACTORS =
      List.of(0.01, 0.02, 0.03, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.5, 1.0, 2.0);

  private final Tracer tracer;
  private final Meter meter;
  private final LongCounter clips;
  private final LongCounter lateAnswers;
  private final DoubleHistogram audio;
  private final DoubleHistogram finalizeTime;
  private final DoubleHistogram queueTime;
  private final DoubleHistogram realTimeFactor;

  public AsrTelemetry(Telemetry telemetry) {
    tracer = telemetry.tracer(SCOPE);
    meter = telemetry.meter(SCOPE);
    clips = meter.counterBuilder(CLIPS).setUnit("{clip}").build();
    lateAnswers = meter.counterBuilder(LATE_ANSWERS).setUnit("{clip}").build();
    audio = histogram(AUDIO, "s", List.of(0.5, 1.0, 2.0, 3.0, 5.0, 8.0, 13.0, 20.0, 35.0));
    finalizeTime = histogram(FINALIZE_TIME, "s", SECONDS);
    queueTime = histogram(QUEUE_TIME, "s", SECONDS);
    realTimeFactor = histogram(REAL_TIME_FACTOR, "1", FACTORS);
  }

  /** Values that are read when somebody looks. */
  public interface Gauges {
    int activeClips();

    double coresUsed();

    double cores();

    Duration backlog();

    int recognizers();

    int models();

    int leaks();
  }

  /** Exposes the gauges until the returned handle is closed. */
  public AutoCloseable expose(Gauges gauges) {
    var active = meter.gaugeBuilder(ACTIVE_CLIPS).setUnit("{clip}").ofLongs().buildObserver();
    var used = meter.gaugeBuilder(CORES_USED).setUnit("{core}").buildObserver();
    var cores = meter.gaugeBuilder(CORES).setUnit("{core}").buildObserver();
    var backlog = meter.gaugeBuilder(BACKLOG).setUnit("s").buildObserver();
    var recognizers =
        meter.gaugeBuilder(RECOGNIZERS).setUnit("{recognizer}").ofLongs().buildObserver();
    var models = meter.gaugeBuilder(MODELS).setUnit("{model}").ofLongs().buildObserver();
    var leaks = meter.counterBuilder(LEAKS).setUnit("{handle}").buildObserver();
    return meter.batchCallback(
        () -> {
          active.record(gauges.activeClips());
          used.record(gauges.coresUsed());
          cores.record(gauges.cores());
          backlog.record(seconds(gauges.backlog()));
          recognizers.record(gauges.recognizers());
          models.record(gauges.models());
          leaks.record(gauges.leaks());
        },
        active,
        used,
        cores,
        backlog,
        recognizers,
        models,
        leaks);
  }

  Tracer tracer() {
    return tracer;
  }

  /** The answer was given: once a clip, even if more of it is decoded afterwards. */
  void answered(String model, Outcome outcome, ClipResult result) {
    ended(model, outcome);
    finalizeTime.record(seconds(result.statistics().finalizeTime()), Attributes.of(MODEL, model));
  }

  /** An answered clip has ended: what it cost in all. */
  void decoded(String model, ClipResult result) {
    Attributes byModel = Attributes.of(MODEL, model);
    audio.record(seconds(Audio16k.duration(result.processedSamples())), byModel);
    queueTime.record(seconds(result.statistics().maxQueueTime()), byModel);
    realTimeFactor.record(result.statistics().realTimeFactor(), byModel);
  }

  void late(String model, LateOutcome outcome) {
    lateAnswers.add(1, Attributes.of(MODEL, model, OUTCOME, outcome.label()));
  }

  void ended(String model, Outcome outcome) {
    clips.add(1, Attributes.of(MODEL, model, OUTCOME, outcome.label()));
  }

  private DoubleHistogram histogram(String name, String unit, List<Double> bounds) {
    return meter
        .histogramBuilder(name)
        .setUnit(unit)
        .setExplicitBucketBoundariesAdvice(bounds)
        .build();
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() * 1e-9;
  }
}
