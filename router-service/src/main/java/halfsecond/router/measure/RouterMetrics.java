// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.measure;

import halfsecond.common.error.Reason;
import halfsecond.router.utterance.Latency;
import halfsecond.router.utterance.ReplayCause;
import halfsecond.router.utterance.TrafficClass;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.LongHistogram;
import io.opentelemetry.api.metrics.LongUpDownCounter;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.context.Context;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;

/** The router's instruments. Safe for use by any thread. */
public final class RouterMetrics {
  /** Sessions that are open. */
  public static final String SESSIONS_ACTIVE = "halfsecond.router.sessions.active";

  /**
   * Utterances closed, by outcome, traffic class and model version; refused ones also by reason.
   */
  public static final String UTTERANCES = "halfsecond.router.utterances";

  /** From the end of speech to the final handed to the connection, in seconds. */
  public static final String FINAL_LATENCY = "halfsecond.router.final.latency";

  /** The part of the final latency that each stage took, in seconds. */
  public static final String STAGE_DURATION = "halfsecond.router.stage.duration";

  /** Records that were dropped because the queue to the monitor was full. */
  public static final String RECORDS_DROPPED = "halfsecond.router.records.dropped";

  /** Records that wait to be sent to the monitor. */
  public static final String RECORDS_WAITING = "halfsecond.router.records.waiting";

  /** LIVE finals: within the budget, late, or cut at the deadline. By outcome and model version. */
  public static final String FINAL_SLO = "halfsecond.router.final.slo";

  /** Utterances replayed to another backend, and sessions to another detector, by cause. */
  public static final String REPLAYS = "halfsecond.router.replays";

  /** Audio that was lost with two backends and is not tried again. */
  public static final String QUARANTINED = "halfsecond.router.quarantined";

  /** Full answers that came after a deadline, by whether they differed from what was sent. */
  public static final String LATE_ANSWERS = "halfsecond.router.late_answers";

  /** Words that a deadline cut off, for each late answer. */
  public static final String WORDS_LOST = "halfsecond.router.late_answer.words_lost";

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

  private static final AttributeKey<String> REASON = AttributeKey.stringKey("reason");
  private static final AttributeKey<String> CAUSE = AttributeKey.stringKey("cause");
  private static final AttributeKey<Boolean> CHANGED = AttributeKey.booleanKey("changed");

  /** Refusals that are not the client's doing. */
  private static final Set<Reason> FAILURES =
      Set.of(
          Reason.SATURATED,
          Reason.DRAINING,
          Reason.REPLAY_EXHAUSTED,
          Reason.BACKEND_UNAVAILABLE,
          Reason.DEADLINE_EXCEEDED,
          Reason.INTERNAL);

  private static final List<String> ANSWERED =
      List.of(OUTCOME_FINAL, OUTCOME_NULL, OUTCOME_DEADLINE);
  private static final List<String> SLO_OUTCOMES = List.of("within", "late", "deadline");

  private static final List<Long> WORDS = List.of(0L, 1L, 2L, 3L, 5L, 10L, 20L, 50L);

  private static final List<Double> BOUNDARIES =
      List.of(
          0.005, 0.01, 0.02, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6, 0.8, 1.0,
          2.0, 5.0, 10.0);

  private final Meter meter;
  private final LongUpDownCounter sessions;
  private final LongCounter utterances;
  private final DoubleHistogram finalLatency;
  private final DoubleHistogram stages;
  private final LongCounter recordsDropped;
  private final LongCounter slo;
  private final LongCounter replays;
  private final LongCounter quarantined;
  private final LongCounter lateAnswers;
  private final LongHistogram wordsLost;

  /**
   * Every counter whose attributes are known is there from the start, with 0: a rate is taken of
   * differences, so what a counter shows first is never part of one.
   */
  public RouterMetrics(Meter meter) {
    this.meter = meter;
    sessions = meter.upDownCounterBuilder(SESSIONS_ACTIVE).setUnit("{session}").build();
    utterances = meter.counterBuilder(UTTERANCES).setUnit("{utterance}").build();
    finalLatency = histogram(meter, FINAL_LATENCY);
    stages = histogram(meter, STAGE_DURATION);
    recordsDropped = meter.counterBuilder(RECORDS_DROPPED).setUnit("{record}").build();
    slo = meter.counterBuilder(FINAL_SLO).setUnit("{utterance}").build();
    replays = meter.counterBuilder(REPLAYS).setUnit("{replay}").build();
    quarantined = meter.counterBuilder(QUARANTINED).setUnit("{utterance}").build();
    lateAnswers = meter.counterBuilder(LATE_ANSWERS).setUnit("{utterance}").build();
    wordsLost =
        meter
            .histogramBuilder(WORDS_LOST)
            .ofLongs()
            .setUnit("{word}")
            .setExplicitBucketBoundariesAdvice(WORDS)
            .build();
    showZeros();
  }

  private void showZeros() {
    for (TrafficClass traffic : TrafficClass.values()) {
      sessions.add(0, Attributes.of(TRAFFIC, traffic.name()));
      for (Reason reason : FAILURES) {
        utterances.add(0, rejection(reason, traffic, ""));
      }
    }
    for (ReplayCause cause : ReplayCause.values()) {
      replays.add(0, Attributes.of(CAUSE, cause.name()));
    }
    lateAnswers.add(0, Attributes.of(CHANGED, true));
    lateAnswers.add(0, Attributes.of(CHANGED, false));
    recordsDropped.add(0);
    quarantined.add(0);
  }

  /** Shows how many records wait until the returned handle is closed. */
  public AutoCloseable exposeWaiting(LongSupplier records) {
    return meter
        .gaugeBuilder(RECORDS_WAITING)
        .ofLongs()
        .setUnit("{record}")
        .buildWithCallback(gauge -> gauge.record(records.getAsLong()));
  }

  public void sessionOpened(TrafficClass traffic) {
    sessions.add(1, Attributes.of(TRAFFIC, traffic.name()));
  }

  public void sessionClosed(TrafficClass traffic) {
    sessions.add(-1, Attributes.of(TRAFFIC, traffic.name()));
  }

  /** Counts an utterance with a final; the other outcomes of its version are shown beside it. */
  public void answered(String outcome, TrafficClass traffic, String version) {
    for (String each : ANSWERED) {
      utterances.add(
          each.equals(outcome) ? 1 : 0,
          Attributes.of(OUTCOME, each, TRAFFIC, traffic.name(), MODEL, version));
    }
  }

  /** Counts an utterance that was refused; the version is empty when none was chosen. */
  public void rejected(Reason reason, TrafficClass traffic, String version) {
    utterances.add(1, rejection(reason, traffic, version));
  }

  private static Attributes rejection(Reason reason, TrafficClass traffic, String version) {
    return Attributes.of(
        OUTCOME, OUTCOME_REJECTED, REASON, reason.name(), TRAFFIC, traffic.name(), MODEL, version);
  }

  /**
   * Where the time of a final went.
   *
   * @param trace the utterance's, so that exemplars lead to it
   */
  public void latency(Latency latency, TrafficClass traffic, String version, Context trace) {
    Attributes common = Attributes.of(TRAFFIC, traffic.name(), MODEL, version);
    finalLatency.record(seconds(latency.sent()), common, trace);
    stage("vad", latency.endpointDecided(), common, trace);
    stage("route", latency.routed().minus(latency.endpointDecided()), common, trace);
    stage("asr", latency.decodeDone().minus(latency.routed()), common, trace);
    stage("deliver", latency.sent().minus(latency.decodeDone()), common, trace);
  }

  /** Whether the promise of the budget was kept for a LIVE final. */
  public void slo(Latency latency, boolean cut, String version, Context trace) {
    latency
        .budget()
        .ifPresent(
            budget -> {
              String outcome =
                  cut ? "deadline" : latency.sent().compareTo(budget) <= 0 ? "within" : "late";
              for (String each : SLO_OUTCOMES) {
                boolean counts = each.equals(outcome);
                // Only what counts may lead to the trace.
                slo.add(
                    counts ? 1 : 0,
                    Attributes.of(OUTCOME, each, MODEL, version),
                    counts ? trace : Context.root());
              }
            });
  }

  /** Something was taken from one backend to another. */
  public void replayed(ReplayCause cause) {
    replays.add(1, Attributes.of(CAUSE, cause.name()));
  }

  public void quarantined() {
    quarantined.add(1);
  }

  /** The full answer came after the deadline. */
  public void lateAnswer(boolean changed, int truncatedWords) {
    lateAnswers.add(1, Attributes.of(CHANGED, changed));
    wordsLost.record(truncatedWords);
  }

  public void recordDropped() {
    recordsDropped.add(1);
  }

  private void stage(String name, Duration took, Attributes common, Context trace) {
    stages.record(seconds(took), common.toBuilder().put(STAGE, name).build(), trace);
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
