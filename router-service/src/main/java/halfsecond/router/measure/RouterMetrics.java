// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.measure;

import halfsecond.router.utterance.Latency;
import halfsecond.router.utterance.TrafficClass;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.LongUpDownCounter;
import io.opentelemetry.api.metrics.Meter;
import java.time.Duration;
import java.util.List;

/** The router's instruments. Safe for use by any thread. */
public final class RouterMetrics {
  /** Sessions that are open. */
  public static final String SESSIONS_ACTIVE = "halfsecond.router.sessions.active";

  /** Utterances closed, by outcome, traffic class and model version. */
  public static final String UTTERANCES = "halfsecond.router.utterances";

  /** From the end of speech to the final handed to the connection, in seconds. */
  public static final String FINAL_LATENCY = "halfsecond.router.final.latency";

  /** The part of the final latency that each stage took, in seconds. */
  public static final String STAGE_DURATION = "halfsecond.router.stage.duration";

  /** Records that were dropped because the queue to the monitor was full. */
  public static final String RECORDS_DROPPED = "halfsecond.router.records.dropped";

  /** The outcome of an utterance with words. */
  public static final String OUTCOME_FINAL = "final";

  /** The outcome of an utterance without words. */
  public static final String OUTCOME_NULL = "null";

  /** The outcome of an utterance cut at its deadline. */
  public static final String OUTCOME_DEADLINE = "deadline";

  /** The outcome of an utterance that was refused. */
  public static final String OUTCOME_REJECTED = "rejected";

  private static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("outcome");
  private static final AttributeKey<String> TRAFFIC = AttributeKey.stringKey("traffic_class");
  private static final AttributeKey<String> MODEL = AttributeKey.stringKey("model_version");
  private static final AttributeKey<String> STAGE = AttributeKey.stringKey("stage");

  private static final List<Double> BOUNDARIES =
      List.of(
          0.005, 0.01, 0.02, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6, 0.8, 1.0,
          2.0, 5.0, 10.0);

  private final LongUpDownCounter sessions;
  private final LongCounter utterances;
  private final DoubleHistogram finalLatency;
  private final DoubleHistogram stages;
  private final LongCounter recordsDropped;

  public RouterMetrics(Meter meter) {
    sessions = meter.upDownCounterBuilder(SESSIONS_ACTIVE).setUnit("{session}").build();
    utterances = meter.counterBuilder(UTTERANCES).setUnit("{utterance}").build();
    finalLatency = histogram(meter, FINAL_LATENCY);
    stages = histogram(meter, STAGE_DURATION);
    recordsDropped = meter.counterBuilder(RECORDS_DROPPED).setUnit("{record}").build();
  }

  public void sessionOpened(TrafficClass traffic) {
    sessions.add(1, Attributes.of(TRAFFIC, traffic.name()));
  }

  public void sessionClosed(TrafficClass traffic) {
    sessions.add(-1, Attributes.of(TRAFFIC, traffic.name()));
  }

  /** Counts a closed utterance; the version is empty when none was chosen. */
  public void utterance(String outcome, TrafficClass traffic, String version) {
    utterances.add(1, Attributes.of(OUTCOME, outcome, TRAFFIC, traffic.name(), MODEL, version));
  }

  /** Where the time of a final went. */
  public void latency(Latency latency, TrafficClass traffic, String version) {
    Attributes common = Attributes.of(TRAFFIC, traffic.name(), MODEL, version);
    finalLatency.record(seconds(latency.sent()), common);
    stage("vad", latency.endpointDecided(), common);
    stage("route", latency.routed().minus(latency.endpointDecided()), common);
    stage("asr", latency.decodeDone().minus(latency.routed()), common);
    stage("deliver", latency.sent().minus(latency.decodeDone()), common);
  }

  public void recordDropped() {
    recordsDropped.add(1);
  }

  private void stage(String name, Duration took, Attributes common) {
    stages.record(seconds(took), common.toBuilder().put(STAGE, name).build());
  }

  private static DoubleHistogram histogram(Meter meter, String name) {
    return meter
        .histogramBuilder(name)
        .setUnit("s")
        .setExplicitBucketBoundariesAdvice(BOUNDARIES)
        .build();
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}
