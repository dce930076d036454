// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.objective;

import halfsecond.common.error.Reason;
import halfsecond.monitor.record.Attempts;
import halfsecond.monitor.record.AudioFormat;
import halfsecond.monitor.record.Clip;
import halfsecond.monitor.record.ClipLength;
import halfsecond.monitor.record.Cohort;
import halfsecond.monitor.record.DecodeStatistics;
import halfsecond.monitor.record.Finality;
import halfsecond.monitor.record.LatencyInstants;
import halfsecond.monitor.record.ModelChoice;
import halfsecond.monitor.record.Origin;
import halfsecond.monitor.record.Outcome;
import halfsecond.monitor.record.Recognition;
import halfsecond.monitor.record.RecordId;
import halfsecond.monitor.record.TextShape;
import halfsecond.monitor.record.TrafficClass;
import halfsecond.monitor.record.UtteranceRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Records of utterances of two seconds that cost a tenth of a second of a core for each second. */
final class Spoken {
  private static final TextShape WORDS = new TextShape(false, false, 0.9, 4, 2.0);
  private static final Duration BUDGET = Duration.ofMillis(500);

  private final Instant at;
  private final TrafficClass traffic;
  private final boolean shadow;

  private Spoken(Instant at, TrafficClass traffic, boolean shadow) {
    this.at = at;
    this.traffic = traffic;
    this.shadow = shadow;
  }

  static Spoken live(Instant at) {
    return new Spoken(at, TrafficClass.LIVE, false);
  }

  static Spoken batch(Instant at) {
    return new Spoken(at, TrafficClass.BATCH, false);
  }

  static Spoken shadow(Instant at) {
    return new Spoken(at, TrafficClass.LIVE, true);
  }

  UtteranceRecord answered(int millis) {
    Duration sent = Duration.ofMillis(millis);
    return record(
        RecordId.FIRST,
        new LatencyInstants(
            Duration.ZERO,
            Duration.ZERO,
            Duration.ZERO,
            sent,
            traffic == TrafficClass.LIVE ? BUDGET : null,
            null,
            null),
        new Outcome.Final(Finality.END_OF_SPEECH, false, WORDS),
        0.1);
  }

  /** In time, but not whole. */
  UtteranceRecord cut() {
    return record(
        RecordId.FIRST,
        new LatencyInstants(
            Duration.ZERO,
            Duration.ZERO,
            Duration.ZERO,
            Duration.ofMillis(480),
            BUDGET,
            null,
            null),
        new Outcome.Final(Finality.DEADLINE, false, WORDS),
        null);
  }

  /** The second revision of one that was cut. */
  UtteranceRecord whole() {
    return record(RecordId.LATE, null, new Outcome.Late(WORDS, 1, 1, null), 0.1);
  }

  UtteranceRecord rejected(Reason reason) {
    return record(RecordId.FIRST, null, new Outcome.Rejected(reason, 14, null), null);
  }

  private UtteranceRecord record(
      int revision, @Nullable LatencyInstants latency, Outcome outcome, @Nullable Double factor) {
    return new UtteranceRecord(
        new RecordId("u", revision),
        new Origin(
            "s",
            at,
            1,
            Cohort.UNKNOWN,
            traffic,
            new AudioFormat(AudioFormat.Encoding.LINEAR16, 16_000)),
        new ModelChoice("en-small@1", "", 1, "", "", shadow),
        new Clip(new ClipLength(Duration.ofSeconds(2), null), null, null),
        latency,
        outcome,
        new Recognition(
            factor == null ? null : new DecodeStatistics(null, null, null, factor, ""),
            null,
            new Attempts(1, List.of())),
        "");
  }
}
