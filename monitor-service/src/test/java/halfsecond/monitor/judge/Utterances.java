// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.judge;

import halfsecond.common.error.Reason;
import halfsecond.monitor.record.Attempts;
import halfsecond.monitor.record.AudioFormat;
import halfsecond.monitor.record.Clip;
import halfsecond.monitor.record.ClipLength;
import halfsecond.monitor.record.ClipStatistics;
import halfsecond.monitor.record.Cohort;
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

/** Records of which a test only says what it is about. */
final class Utterances {
  private static final TextShape WORDS = new TextShape(false, false, 0.9, 4, 2.5);
  private static final TextShape NONE = new TextShape(true, false, null, 0, null);

  private static final LatencyInstants LATENCY =
      new LatencyInstants(
          Duration.ofMillis(202),
          Duration.ofMillis(204),
          Duration.ofMillis(230),
          Duration.ofMillis(231),
          null,
          null,
          null);

  private Utterances() {}

  /** A final for a clip of this length with this much silence before the speech, in seconds. */
  static UtteranceRecord cut(double clip, double lead, boolean nullTranscript) {
    return of(Instant.EPOCH, Cohort.UNKNOWN, clip(clip, lead), answered(nullTranscript), false);
  }

  /** A final for a clip of which only the length is known. */
  static UtteranceRecord unmeasured() {
    Clip clip = new Clip(new ClipLength(seconds(2), null), null, null);
    return of(Instant.EPOCH, Cohort.UNKNOWN, clip, answered(true), false);
  }

  /** Words for somebody of a tenant, after this much silence, in seconds. */
  static UtteranceRecord ofTenant(String tenant, Instant at, double lead) {
    return of(at, new Cohort("", "", "", "", tenant), clip(2, lead), answered(false), false);
  }

  /** Words, under a name. */
  static UtteranceRecord named(String id, Instant at) {
    return of(id, at, Cohort.UNKNOWN, clip(2, 0.2), answered(false), false);
  }

  /** Somebody of no tenant, only compared. */
  static UtteranceRecord shadow(Instant at, double lead) {
    return of(at, Cohort.UNKNOWN, clip(2, lead), answered(false), true);
  }

  /** The full answer behind a final that was cut at the deadline. */
  static UtteranceRecord late(Instant at, double lead) {
    return of(at, Cohort.UNKNOWN, clip(2, lead), new Outcome.Late(WORDS, 1, 1, null), false);
  }

  /** A refusal; its clip is known all the same. */
  static UtteranceRecord refused(Instant at, double lead) {
    return of(
        at, Cohort.UNKNOWN, clip(2, lead), new Outcome.Rejected(Reason.SATURATED, 8, null), false);
  }

  private static Outcome answered(boolean nullTranscript) {
    return new Outcome.Final(Finality.END_OF_SPEECH, false, nullTranscript ? NONE : WORDS);
  }

  private static Clip clip(double clip, double lead) {
    return new Clip(
        new ClipLength(seconds(clip), null),
        new ClipStatistics(
            0.8,
            new ClipStatistics.Levels(-27, -12, 0),
            seconds(lead),
            seconds(0.12),
            new ClipStatistics.Voice(null, null, null)),
        null);
  }

  private static UtteranceRecord of(
      Instant at, Cohort cohort, Clip clip, Outcome outcome, boolean shadow) {
    return of("u1", at, cohort, clip, outcome, shadow);
  }

  private static UtteranceRecord of(
      String id, Instant at, Cohort cohort, Clip clip, Outcome outcome, boolean shadow) {
    return new UtteranceRecord(
        new RecordId(id, outcome instanceof Outcome.Late ? 2 : RecordId.FIRST),
        new Origin(
            "s1",
            at,
            1,
            cohort,
            TrafficClass.LIVE,
            new AudioFormat(AudioFormat.Encoding.LINEAR16, 16_000)),
        new ModelChoice("en-small@2", "latest-loaded", 1, "", "", shadow),
        clip,
        outcome instanceof Outcome.Final ? LATENCY : null,
        outcome,
        new Recognition(null, null, new Attempts(1, List.of())),
        "");
  }

  private static Duration seconds(double seconds) {
    return Duration.ofNanos(Math.round(seconds * 1e9));
  }
}
