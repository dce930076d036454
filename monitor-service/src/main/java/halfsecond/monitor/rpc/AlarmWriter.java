// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.rpc;

import halfsecond.monitor.alarm.AlarmReport;
import halfsecond.monitor.alarm.Attribution;
import halfsecond.monitor.alarm.EvidenceReport;
import halfsecond.monitor.alarm.Handling;
import halfsecond.monitor.alarm.TrackedAlarm;
import halfsecond.monitor.v1.Acknowledgement;
import halfsecond.monitor.v1.Alarm;
import halfsecond.monitor.v1.AlarmSilence;
import halfsecond.monitor.v1.Annotation;
import halfsecond.monitor.v1.ChangeKind;
import halfsecond.monitor.v1.CohortLabel;
import halfsecond.monitor.v1.Distribution;
import halfsecond.monitor.v1.DriftKind;
import halfsecond.monitor.v1.Evidence;
import halfsecond.monitor.v1.Proportion;
import halfsecond.monitor.v1.SampleSummary;
import halfsecond.monitor.v1.Severity;
import halfsecond.monitor.v1.Stratum;
import halfsecond.monitor.window.CohortKey;
import halfsecond.monitor.window.TimeSpan;
import org.jspecify.annotations.Nullable;

/** Writes alarms as the contract has them. */
final class AlarmWriter {
  private AlarmWriter() {}

  static Alarm write(TrackedAlarm alarm) {
    AlarmReport report = alarm.report();
    Alarm.Builder proto =
        Alarm.newBuilder()
            .setAlarmId(report.id())
            .setState(state(alarm.state()))
            .setSeverity(Severity.valueOf("SEVERITY_" + report.severity().name()))
            .setStage(MetricWriter.stage(report.stage()))
            .setMetric(report.metric())
            .setChange(ChangeKind.valueOf("CHANGE_KIND_" + report.change().name()))
            .setDrift(drift(report.drift()))
            .setTitle(report.title())
            .setNextStep(report.nextStep())
            .setChangeTime(Times.timestamp(report.began()))
            .setPendingTime(Times.timestamp(report.suspected()))
            .setEtag(alarm.etag());
    report.cohort().ifPresent(cohort -> proto.setCohort(cohort(cohort)));
    report.evidence().forEach(evidence -> proto.addEvidence(write(evidence)));
    report.attribution().ifPresent(attribution -> proto.setAttribution(write(attribution)));
    report.fired().ifPresent(fired -> proto.setFiringTime(Times.timestamp(fired)));
    report.resolved().ifPresent(resolved -> proto.setResolvedTime(Times.timestamp(resolved)));
    write(alarm.handling(), proto);
    return proto.build();
  }

  static Alarm.State state(halfsecond.monitor.alarm.State state) {
    return Alarm.State.valueOf("STATE_" + state.name());
  }

  private static void write(Handling handling, Alarm.Builder proto) {
    handling
        .seen()
        .ifPresent(
            seen ->
                proto.setAcknowledgement(
                    Acknowledgement.newBuilder()
                        .setActor(seen.actor())
                        .setAcknowledgeTime(Times.timestamp(seen.at()))));
    handling.snoozedUntil().ifPresent(until -> proto.setSnoozedUntil(Times.timestamp(until)));
    handling
        .silence()
        .ifPresent(
            silence ->
                proto.setSilence(
                    AlarmSilence.newBuilder()
                        .setUntilTime(Times.timestamp(silence.until()))
                        .setAllAlike(silence.allAlike())));
    handling
        .notes()
        .forEach(
            note ->
                proto.addAnnotations(
                    Annotation.newBuilder()
                        .setActor(note.actor())
                        .setAnnotateTime(Times.timestamp(note.at()))
                        .setText(note.text())));
    handling.quieted().ifPresent(at -> proto.setQuietTime(Times.timestamp(at)));
  }

  private static Evidence write(EvidenceReport evidence) {
    CohortLabel cohort = evidence.cohort().map(AlarmWriter::cohort).orElse(null);
    SampleSummary.Builder current =
        sample(evidence.rate(), evidence.count(), evidence.after(), cohort)
            .setRange(Times.range(new TimeSpan(evidence.from(), evidence.until())));
    Evidence.Builder proto =
        Evidence.newBuilder()
            .setMetric(evidence.metric())
            .setStage(MetricWriter.stage(evidence.stage()))
            .setTest(MetricWriter.test(evidence.test()))
            .setCurrent(current)
            .setEffect(evidence.effect())
            .setEffectUnit(evidence.effectUnit())
            .setLimit(evidence.limit())
            .setExplanation(evidence.explanation());
    if (evidence.referenceCount() > 0) {
      proto.setReference(
          sample(evidence.rate(), evidence.referenceCount(), evidence.before(), cohort));
    }
    evidence.statistic().ifPresent(proto::setStatistic);
    evidence.pValue().ifPresent(proto::setAdjustedPValue);
    return proto.build();
  }

  private static SampleSummary.Builder sample(
      boolean rate, long count, double mean, @Nullable CohortLabel cohort) {
    SampleSummary.Builder sample = SampleSummary.newBuilder().setCount(count);
    if (cohort != null) {
      sample.setCohort(cohort);
    }
    if (rate) {
      sample.setProportion(
          Proportion.newBuilder()
              .setEvents(Math.round(mean * count))
              .setTrials(count)
              .setRate(mean));
    } else {
      sample.setDistribution(Distribution.newBuilder().setCount(count).setMean(mean));
    }
    return sample;
  }

  private static halfsecond.monitor.v1.Attribution write(Attribution attribution) {
    halfsecond.monitor.v1.Attribution.Builder proto =
        halfsecond.monitor.v1.Attribution.newBuilder()
            .setStage(MetricWriter.stage(attribution.stage()))
            .setTotal(attribution.total())
            .setMix(attribution.mix())
            .setRate(attribution.rate());
    attribution
        .strata()
        .forEach(
            stratum ->
                proto.addStrata(
                    Stratum.newBuilder()
                        .setDescription(stratum.description())
                        .setReferenceWeight(stratum.shareBefore())
                        .setCurrentWeight(stratum.shareNow())
                        .setReferenceRate(stratum.rateBefore())
                        .setCurrentRate(stratum.rateNow())));
    return proto.build();
  }

  private static DriftKind drift(AlarmReport.Drift drift) {
    return switch (drift) {
      case UNDECIDED -> DriftKind.DRIFT_KIND_UNSPECIFIED;
      case DATA -> DriftKind.DRIFT_KIND_DATA;
      case CONCEPT -> DriftKind.DRIFT_KIND_CONCEPT;
    };
  }

  private static CohortLabel cohort(CohortKey cohort) {
    return CohortLabel.newBuilder()
        .setDimension(MetricWriter.dimension(cohort.dimension()))
        .setValue(cohort.value())
        .build();
  }
}
