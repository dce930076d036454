// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.dashboard;

import com.google.protobuf.util.Timestamps;
import halfsecond.monitor.v1.Alarm;
import halfsecond.monitor.v1.Annotation;
import halfsecond.monitor.v1.Attribution;
import halfsecond.monitor.v1.ChangeKind;
import halfsecond.monitor.v1.DriftKind;
import halfsecond.monitor.v1.Evidence;
import halfsecond.monitor.v1.Proportion;
import halfsecond.monitor.v1.SampleSummary;
import halfsecond.monitor.v1.Severity;
import halfsecond.monitor.v1.Stage;
import halfsecond.monitor.v1.Stratum;
import halfsecond.monitor.v1.TestKind;
import halfsecond.monitor.v1.TimeRange;
import java.time.Instant;
import java.util.List;

/** One alarm that fires, one that people silenced, and one that is over. */
final class ScriptedAlarms {
  static final String FIRING = "alarm-7";

  private ScriptedAlarms() {}

  static List<Alarm> all(Instant now) {
    return List.of(firing(now), silenced(now), resolved(now));
  }

  private static Alarm firing(Instant now) {
    Instant change = now.minusSeconds(ScriptedNumbers.CHANGE_AGO_SECONDS);
    return Alarm.newBuilder()
        .setAlarmId(FIRING)
        .setState(Alarm.State.STATE_FIRING)
        .setSeverity(Severity.SEVERITY_CRITICAL)
        .setStage(Stage.STAGE_VAD)
        .setMetric("vad.leading_silence")
        .setCohort(ScriptedNumbers.device(ScriptedNumbers.DEVICE))
        .setChange(ChangeKind.CHANGE_KIND_SUDDEN)
        .setDrift(DriftKind.DRIFT_KIND_DATA)
        .setTitle("Clips of Pixel 9 begin later, and three times as many come back empty")
        .setNextStep(
            "Compare the detector's settings and version with those of before. Recognition of the same clips is as good as it"
                + " was: rolling the model back will not help.")
        .addEvidence(silence(now))
        .addEvidence(nulls(now))
        .setAttribution(attribution())
        .setChangeTime(at(change))
        .setPendingTime(at(change.plusSeconds(140)))
        .setFiringTime(at(change.plusSeconds(260)))
        .setEtag("1")
        .build();
  }

  private static Evidence silence(Instant now) {
    return Evidence.newBuilder()
        .setMetric("vad.leading_silence")
        .setStage(Stage.STAGE_VAD)
        .setTest(TestKind.TEST_KIND_WASSERSTEIN)
        .setCurrent(
            SampleSummary.newBuilder()
                .setRange(range(now, 1_500))
                .setCohort(ScriptedNumbers.device(ScriptedNumbers.DEVICE))
                .setCount(3_780)
                .setDistribution(ScriptedFigures.spread(3_780, 0.08, 0.03, List.of())))
        .setReference(
            SampleSummary.newBuilder()
                .setRange(range(now, 604_800))
                .setCount(152_000)
                .setDistribution(ScriptedFigures.spread(152_000, 0.19, 0.04, List.of())))
        .setStatistic(0.71)
        .setPValue(1e-40)
        .setAdjustedPValue(1e-38)
        .setEffect(-2.7)
        .setEffectLower(-2.8)
        .setEffectUpper(-2.6)
        .setConfidenceLevel(0.95)
        .setEffectUnit("standard deviations")
        .setLimit(-0.25)
        .setExplanation(
            "Silence before the first word fell from 190 ms to 80 ms: beginnings are cut off.")
        .build();
  }

  private static Evidence nulls(Instant now) {
    return Evidence.newBuilder()
        .setMetric("asr.null_transcripts")
        .setStage(Stage.STAGE_ASR)
        .setTest(TestKind.TEST_KIND_TWO_PROPORTIONS)
        .setCurrent(
            SampleSummary.newBuilder()
                .setRange(range(now, 1_500))
                .setCohort(ScriptedNumbers.device(ScriptedNumbers.DEVICE))
                .setCount(3_780)
                .setProportion(Proportion.newBuilder().setEvents(272).setTrials(3_780)))
        .setReference(
            SampleSummary.newBuilder()
                .setRange(range(now, 604_800))
                .setCount(152_000)
                .setProportion(Proportion.newBuilder().setEvents(3_192).setTrials(152_000)))
        .setStatistic(21.3)
        .setPValue(1e-30)
        .setAdjustedPValue(1e-29)
        .setEffect(0.051)
        .setEffectLower(0.043)
        .setEffectUpper(0.059)
        .setConfidenceLevel(0.95)
        .setEffectUnit("difference of rates")
        .setLimit(0.0105)
        .setExplanation("7.2 % of finals have no words; 2.1 % had none in the last seven days.")
        .build();
  }

  private static Attribution attribution() {
    return Attribution.newBuilder()
        .setStage(Stage.STAGE_VAD)
        .setTotal(0.051)
        .setMix(0.041)
        .setRate(0.01)
        .addStrata(stratum("clip under 1 s, leading silence under 0.1 s", 0.06, 0.38, 0.12, 0.13))
        .addStrata(stratum("clip 1 to 3 s, leading silence under 0.1 s", 0.09, 0.34, 0.03, 0.04))
        .addStrata(
            stratum("clip 1 to 3 s, leading silence 0.1 s and more", 0.52, 0.18, 0.015, 0.016))
        .addStrata(stratum("clip over 3 s", 0.33, 0.1, 0.006, 0.006))
        .build();
  }

  private static Stratum.Builder stratum(
      String description, double before, double now, double rateBefore, double rateNow) {
    return Stratum.newBuilder()
        .setDescription(description)
        .setReferenceWeight(before)
        .setCurrentWeight(now)
        .setReferenceRate(rateBefore)
        .setCurrentRate(rateNow);
  }

  private static Alarm silenced(Instant now) {
    return Alarm.newBuilder()
        .setAlarmId("alarm-6")
        .setState(Alarm.State.STATE_SILENCED)
        .setSeverity(Severity.SEVERITY_INFO)
        .setStage(Stage.STAGE_PIPELINE)
        .setMetric("pipeline.utterances")
        .setChange(ChangeKind.CHANGE_KIND_LOAD)
        .setTitle("A third more utterances than in the same hour last week")
        .setNextStep("Nothing, if the campaign of this week explains it.")
        .setPendingTime(at(now.minusSeconds(9_000)))
        .setFiringTime(at(now.minusSeconds(8_700)))
        .addAnnotations(
            Annotation.newBuilder()
                .setActor("Mara")
                .setAnnotateTime(at(now.minusSeconds(8_000)))
                .setText("Campaign until Friday."))
        .setEtag("4")
        .build();
  }

  private static Alarm resolved(Instant now) {
    return Alarm.newBuilder()
        .setAlarmId("alarm-5")
        .setState(Alarm.State.STATE_RESOLVED)
        .setSeverity(Severity.SEVERITY_WARNING)
        .setStage(Stage.STAGE_ASR)
        .setMetric("asr.backlog")
        .setChange(ChangeKind.CHANGE_KIND_SUDDEN)
        .setTitle("Clips wait longer for a thread")
        .setPendingTime(at(now.minusSeconds(3_000)))
        .setFiringTime(at(now.minusSeconds(2_900)))
        .setResolvedTime(at(now.minusSeconds(2_200)))
        .setEtag("9")
        .build();
  }

  private static TimeRange.Builder range(Instant now, long seconds) {
    return TimeRange.newBuilder().setStartTime(at(now.minusSeconds(seconds))).setEndTime(at(now));
  }

  private static com.google.protobuf.Timestamp at(Instant time) {
    return Timestamps.fromSeconds(time.getEpochSecond());
  }
}
