// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.judge;

import halfsecond.monitor.judge.SimulatedTraffic.Changes;
import halfsecond.monitor.record.Stage;
import halfsecond.monitor.record.UtteranceRecord;
import halfsecond.monitor.window.CohortKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is done to the second week of the simulated traffic, one thing at a time. */
enum Planted {
  HANGOVER_CUT_IN_A_COHORT(7.25, 8, Stage.VAD, 500, "vad.trailing_silence", ""),
  LEVEL_DROP(8.25, 9, Stage.PIPELINE, 500, "pipeline.level", "pipeline.peak_level"),
  MODEL_WITH_TWICE_THE_NULLS(9.25, 10, Stage.ASR, 2_500, "asr.null_transcripts", ""),
  YOUNGER_POPULATION(
      10.25, 11, Stage.PIPELINE, 2_500, "pipeline.pitch", "pipeline.spectral_centroid"),
  TRAFFIC_SPIKE(11.4, 11.5, Stage.PIPELINE, 3_000, "", ""),
  SLOWLY_LONGER_CLIPS(
      12, 14, Stage.VAD, 40_000, "vad.speech_seconds", "vad.clip_seconds,vad.speech_ratio");

  /** Days that are ordinary. */
  static final int ORDINARY_DAYS = 7;

  static final int DAYS = 14;

  /** Of the length of speech, for each hour. */
  private static final double GROWTH = 0.004;

  private final double from;
  private final double until;
  private final Stage stage;
  private final long longest;
  private final String metric;
  private final String other;

  /**
   * @param longest utterances of those concerned until it must be found
   * @param metric that shows it before all others, empty for load
   * @param other that may be there as soon, comma-separated
   */
  Planted(double from, double until, Stage stage, long longest, String metric, String other) {
    this.from = from;
    this.until = until;
    this.stage = stage;
    this.longest = longest;
    this.metric = metric;
    this.other = other;
  }

  Instant from() {
    return day(from);
  }

  Instant until() {
    return day(until);
  }

  /** The stage that is to blame. */
  Stage stage() {
    return stage;
  }

  /** Metrics that show it before all others; none for load. */
  List<String> metrics() {
    return List.of((metric + "," + other).split(","));
  }

  /** Utterances of those concerned until it must be found. */
  long longest() {
    return longest;
  }

  /** Until the next thing happens; by then all that follows from this one has been found. */
  Instant end() {
    return Arrays.stream(values())
        .map(Planted::from)
        .filter(next -> next.isAfter(from()))
        .min(Comparator.naturalOrder())
        .orElse(day(DAYS));
  }

  /** Null for everybody. */
  @Nullable CohortKey cohort() {
    return this == HANGOVER_CUT_IN_A_COHORT
        ? new CohortKey(CohortKey.Dimension.DEVICE, SimulatedTraffic.CUT_SHORT)
        : null;
  }

  /** Whether the utterance is one of those that it concerns. */
  boolean touches(UtteranceRecord utterance) {
    Instant at = utterance.origin().eventTime();
    CohortKey only = cohort();
    return !at.isBefore(from())
        && at.isBefore(until())
        && (only == null || utterance.origin().cohort().device().equals(only.value()));
  }

  static Changes at(Instant now) {
    for (Planted planted : values()) {
      if (!now.isBefore(planted.from()) && now.isBefore(planted.until())) {
        return planted.changes(now);
      }
    }
    return Changes.NONE;
  }

  private Changes changes(Instant now) {
    double hours = Duration.between(from(), now).toSeconds() / 3_600.0;
    return switch (this) {
      case HANGOVER_CUT_IN_A_COHORT -> new Changes(true, 0, 1, "en-small@2", 1, 0.06, 1);
      case LEVEL_DROP -> new Changes(false, -6, 1, "en-small@2", 1, 0.06, 1);
      case MODEL_WITH_TWICE_THE_NULLS -> new Changes(false, 0, 2, "en-small@3", 1, 0.06, 1);
      case YOUNGER_POPULATION -> new Changes(false, 0, 1, "en-small@2", 1, 0.2, 1);
      case TRAFFIC_SPIKE -> new Changes(false, 0, 1, "en-small@2", 1, 0.06, 3);
      case SLOWLY_LONGER_CLIPS ->
          new Changes(false, 0, 1, "en-small@2", 1 + GROWTH * hours, 0.06, 1);
    };
  }

  private static Instant day(double day) {
    return SimulatedTraffic.START.plusSeconds(Math.round(day * 86_400));
  }
}
