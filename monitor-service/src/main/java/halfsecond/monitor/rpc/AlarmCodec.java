// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.rpc;

import com.google.protobuf.InvalidProtocolBufferException;
import halfsecond.common.error.SpeechException;
import halfsecond.monitor.alarm.AlarmReport;
import halfsecond.monitor.alarm.Attribution;
import halfsecond.monitor.alarm.EvidenceReport;
import halfsecond.monitor.alarm.Handling;
import halfsecond.monitor.alarm.TrackedAlarm;
import halfsecond.monitor.v1.Alarm;
import halfsecond.monitor.v1.ChangeKind;
import halfsecond.monitor.v1.CohortLabel;
import halfsecond.monitor.v1.DriftKind;
import halfsecond.monitor.v1.Evidence;
import halfsecond.monitor.v1.SampleSummary;
import halfsecond.monitor.window.CohortKey;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/** Alarms as bytes to keep: those of the contract's message. */
public final class AlarmCodec {
  private AlarmCodec() {}

  public static byte[] encode(TrackedAlarm alarm) {
    return AlarmWriter.write(alarm).toByteArray();
  }

  /**
   * What {@link #encode} was given, but for the sequence and the state before.
   *
   * @throws IllegalArgumentException if the bytes are of something else
   */
  public static TrackedAlarm decode(byte[] bytes) {
    try {
      Alarm alarm = Alarm.parseFrom(bytes);
      return new TrackedAlarm(
          report(alarm), handling(alarm), AlarmReader.state(alarm.getState()), 0, Optional.empty());
    } catch (InvalidProtocolBufferException | SpeechException e) {
      throw new IllegalArgumentException("not an alarm", e);
    }
  }

  private static AlarmReport report(Alarm alarm) {
    return new AlarmReport(
        alarm.getAlarmId(),
        change(alarm.getChange()),
        AlarmReader.severity(alarm.getSeverity()),
        drift(alarm.getDrift()),
        EnumReader.stage(alarm.getStage()),
        alarm.getMetric(),
        alarm.hasCohort() ? Optional.of(cohort(alarm.getCohort())) : Optional.empty(),
        alarm.getTitle(),
        alarm.getNextStep(),
        alarm.getEvidenceList().stream().map(AlarmCodec::evidence).toList(),
        alarm.hasAttribution()
            ? Optional.of(attribution(alarm.getAttribution()))
            : Optional.empty(),
        Times.instant("change_time", alarm.getChangeTime()),
        Times.instant("pending_time", alarm.getPendingTime()),
        instant(alarm.hasFiringTime(), "firing_time", alarm.getFiringTime()),
        instant(alarm.hasResolvedTime(), "resolved_time", alarm.getResolvedTime()));
  }

  private static Handling handling(Alarm alarm) {
    return new Handling(
        alarm.hasAcknowledgement()
            ? Optional.of(
                new Handling.Seen(
                    alarm.getAcknowledgement().getActor(),
                    Times.instant(
                        "acknowledge_time", alarm.getAcknowledgement().getAcknowledgeTime())))
            : Optional.empty(),
        instant(alarm.hasSnoozedUntil(), "snoozed_until", alarm.getSnoozedUntil()),
        alarm.hasSilence()
            ? Optional.of(
                new Handling.Silence(
                    Times.instant("silence.until_time", alarm.getSilence().getUntilTime()),
                    alarm.getSilence().getAllAlike()))
            : Optional.empty(),
        alarm.getAnnotationsList().stream()
            .map(
                note ->
                    new Handling.Note(
                        note.getActor(),
                        Times.instant("annotate_time", note.getAnnotateTime()),
                        note.getText()))
            .toList(),
        instant(alarm.hasQuietTime(), "quiet_time", alarm.getQuietTime()));
  }

  private static EvidenceReport evidence(Evidence proto) {
    SampleSummary current = proto.getCurrent();
    boolean rate = current.hasProportion();
    return new EvidenceReport(
        proto.getMetric(),
        EnumReader.stage(proto.getStage()),
        EnumReader.test("test", proto.getTest()),
        current.hasCohort() ? Optional.of(cohort(current.getCohort())) : Optional.empty(),
        Times.instant("range.start_time", current.getRange().getStartTime()),
        Times.instant("range.end_time", current.getRange().getEndTime()),
        rate,
        current.getCount(),
        proto.getReference().getCount(),
        mean(proto.getReference()),
        mean(current),
        proto.hasStatistic() ? OptionalDouble.of(proto.getStatistic()) : OptionalDouble.empty(),
        proto.hasAdjustedPValue()
            ? OptionalDouble.of(proto.getAdjustedPValue())
            : OptionalDouble.empty(),
        proto.getEffect(),
        proto.getEffectUnit(),
        proto.getLimit(),
        proto.getExplanation());
  }

  private static double mean(SampleSummary sample) {
    return sample.hasProportion()
        ? sample.getProportion().getRate()
        : sample.getDistribution().getMean();
  }

  private static Attribution attribution(halfsecond.monitor.v1.Attribution proto) {
    return new Attribution(
        EnumReader.stage(proto.getStage()),
        proto.getMix(),
        proto.getRate(),
        proto.getStrataList().stream()
            .map(
                stratum ->
                    new Attribution.Stratum(
                        stratum.getDescription(),
                        stratum.getReferenceWeight(),
                        stratum.getCurrentWeight(),
                        stratum.getReferenceRate(),
                        stratum.getCurrentRate()))
            .toList());
  }

  private static CohortKey cohort(CohortLabel label) {
    return new CohortKey(EnumReader.dimension(label.getDimension()), label.getValue());
  }

  private static Optional<Instant> instant(
      boolean set, String field, com.google.protobuf.Timestamp proto) {
    return set ? Optional.of(Times.instant(field, proto)) : Optional.empty();
  }

  private static AlarmReport.Change change(ChangeKind proto) {
    return AlarmReport.Change.valueOf(proto.name().substring("CHANGE_KIND_".length()));
  }

  private static AlarmReport.Drift drift(DriftKind proto) {
    return switch (proto) {
      case DRIFT_KIND_DATA -> AlarmReport.Drift.DATA;
      case DRIFT_KIND_CONCEPT -> AlarmReport.Drift.CONCEPT;
      case DRIFT_KIND_UNSPECIFIED, UNRECOGNIZED -> AlarmReport.Drift.UNDECIDED;
    };
  }
}
