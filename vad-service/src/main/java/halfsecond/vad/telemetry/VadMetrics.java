// SPDX-License-Identifier: Apache-2.0
package halfsecond.vad.telemetry;

import halfsecond.common.lifecycle.Closer;
import halfsecond.vad.endpoint.EndReason;
import halfsecond.vad.endpoint.SpeechEnded;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.LongUpDownCounter;
import io.opentelemetry.api.metrics.Meter;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;

/** The metrics of the service. Safe for use by any thread. */
public final class VadMetrics implements AutoCloseable {
  /** Streams that are open now. */
  public static final String STREAMS_ACTIVE = "halfsecond.vad.streams.active";

  /** Utterances that have ended, by {@link #REASON}. */
  public static final String UTTERANCES = "halfsecond.vad.utterances";

  /** Length of the clips that were cut, in seconds. */
  public static final String CLIP_DURATION = "halfsecond.vad.clip.duration";

  /** Time that one message took to process, in seconds. */
  public static final String MESSAGE_PROCESSING = "halfsecond.vad.message.duration";

  /** Native detectors that exist now; equal to the streams that have sent their config. */
  public static final String NATIVE_HANDLES = "halfsecond.vad.native.detectors";

  /** Native detectors that nobody closed. Anything but 0 is a bug. */
  public static final String NATIVE_HANDLES_LEAKED = "halfsecond.vad.native.leaked";

  /** Why an utterance ended, in lower case: an {@link EndReason}. */
  public static final AttributeKey<String> REASON = AttributeKey.stringKey("reason");

  private static final List<Double> CLIP_BUCKETS =
      List.of(0.25, 0.5, 1.0, 2.0, 3.0, 5.0, 8.0, 12.0, 20.0, 30.0);
  private static final List<Double> PROCESSING_BUCKETS =
      List.of(0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.1);
  private static final double NANOS = 1e9;

  private final Closer gauges = new Closer();
  private final LongUpDownCounter streams;
  private final LongCounter utterances;
  private final DoubleHistogram clips;
  private final DoubleHistogram processing;

  /**
   * @param liveHandles native detectors that exist now
   * @param leakedHandles native detectors that were lost so far
   */
  public VadMetrics(Meter meter, LongSupplier liveHandles, LongSupplier leakedHandles) {
    this.streams = meter.upDownCounterBuilder(STREAMS_ACTIVE).setUnit("{stream}").build();
    this.utterances = meter.counterBuilder(UTTERANCES).setUnit("{utterance}").build();
    this.clips =
        meter
            .histogramBuilder(CLIP_DURATION)
            .setUnit("s")
            .setExplicitBucketBoundariesAdvice(CLIP_BUCKETS)
            .build();
    this.processing =
        meter
            .histogramBuilder(MESSAGE_PROCESSING)
            .setUnit("s")
            .setExplicitBucketBoundariesAdvice(PROCESSING_BUCKETS)
            .build();
    gauges.register(
        meter
            .gaugeBuilder(NATIVE_HANDLES)
            .ofLongs()
            .setUnit("{detector}")
            .buildWithCallback(now -> now.record(liveHandles.getAsLong())));
    gauges.register(
        meter
            .counterBuilder(NATIVE_HANDLES_LEAKED)
            .setUnit("{detector}")
            .buildWithCallback(total -> total.record(leakedHandles.getAsLong())));
  }

  /** A stream was opened. */
  public void streamOpened() {
    streams.add(1);
  }

  /** A stream ended, however it did. */
  public void streamClosed() {
    streams.add(-1);
  }

  /** An utterance ended. */
  public void utterance(SpeechEnded event, int sampleRateHertz) {
    utterances.add(1, Attributes.of(REASON, label(event.reason())));
    clips.record((double) (event.clipEnd() - event.clipStart()) / sampleRateHertz);
  }

  /** A message was processed. */
  public void message(long nanos) {
    processing.record(nanos / NANOS);
  }

  /** Stops observing the native handles. */
  @Override
  public void close() {
    gauges.close();
  }

  private static String label(EndReason reason) {
    return reason.name().toLowerCase(Locale.ROOT);
  }
}
