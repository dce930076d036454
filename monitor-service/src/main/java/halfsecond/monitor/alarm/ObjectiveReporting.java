// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.alarm;

import halfsecond.monitor.alarm.AlarmReport.Change;
import halfsecond.monitor.alarm.AlarmReport.Drift;
import halfsecond.monitor.alarm.AlarmReport.Severity;
import halfsecond.monitor.catalogue.MetricCatalogue;
import halfsecond.monitor.catalogue.TestKind;
import halfsecond.monitor.objective.Level;
import halfsecond.monitor.objective.Objective;
import halfsecond.monitor.objective.ObjectiveAlarm;
import halfsecond.monitor.objective.ObjectiveAlarm.Missed;
import halfsecond.monitor.objective.ObjectiveChange.Burn;
import halfsecond.monitor.objective.ObjectiveChange.Rate;
import halfsecond.monitor.record.Stage;
import halfsecond.monitor.statistics.Proportion;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** Puts objectives that are missed into a report. */
final class ObjectiveReporting {
  private ObjectiveReporting() {}

  static AlarmReport of(ObjectiveAlarm alarm) {
    Missed lead = alarm.lead();
    return new AlarmReport(
        alarm.id(),
        lead.evidence() instanceof Burn ? Change.OBJECTIVE : Change.LOAD,
        severity(lead),
        Drift.UNDECIDED,
        stage(lead),
        metric(lead.objective()),
        Optional.empty(),
        ObjectiveWording.title(lead),
        ObjectiveWording.nextStep(alarm),
        alarm.missed().stream().flatMap(ObjectiveReporting::evidence).toList(),
        Optional.empty(),
        alarm.began(),
        alarm.suspected(),
        alarm.fired(),
        alarm.resolved());
  }

  /** Of a suspicion what it would be. */
  private static Severity severity(Missed lead) {
    boolean page =
        lead.level() == Level.SUSPECTED
            ? lead.evidence() instanceof Burn burn && burn.rule().page()
            : lead.level() == Level.PAGE;
    return page ? Severity.CRITICAL : Severity.WARNING;
  }

  private static Stage stage(Missed missed) {
    return missed.evidence() instanceof Burn burn ? burn.stage() : stage(missed.objective());
  }

  private static Stage stage(Objective objective) {
    return objective == Objective.CAPACITY ? Stage.ASR : Stage.PIPELINE;
  }

  private static String metric(Objective objective) {
    return switch (objective) {
      case LATENCY -> "pipeline.budget_misses";
      case AVAILABILITY -> "pipeline.refusals";
      case THROUGHPUT -> "pipeline.utterances";
      case CAPACITY -> MetricCatalogue.CORES;
    };
  }

  private static Stream<EvidenceReport> evidence(Missed missed) {
    if (missed.evidence() instanceof Burn burn) {
      return Stream.of(
          window(missed, burn, burn.rule().longWindow(), burn.inLong(), burn.longRate()),
          window(missed, burn, burn.rule().shortWindow(), burn.inShort(), burn.shortRate()));
    }
    return missed.evidence() instanceof Rate rate ? Stream.of(rate(missed, rate)) : Stream.empty();
  }

  private static EvidenceReport window(
      Missed missed, Burn burn, Duration window, Proportion bad, double burnRate) {
    return new EvidenceReport(
        metric(missed.objective()),
        burn.stage(),
        TestKind.BURN_RATE,
        Optional.empty(),
        missed.until().minus(window),
        missed.until(),
        true,
        bad.trials(),
        0,
        0,
        bad.rate(),
        OptionalDouble.of(burnRate),
        OptionalDouble.empty(),
        burnRate,
        "times the budget",
        burn.rule().factor(),
        ObjectiveWording.explanation(missed.objective(), burn, window, bad, burnRate));
  }

  private static EvidenceReport rate(Missed missed, Rate rate) {
    return new EvidenceReport(
        metric(missed.objective()),
        stage(missed.objective()),
        TestKind.FIXED_LIMIT,
        Optional.empty(),
        missed.until().minus(rate.window()),
        missed.until(),
        false,
        rate.utterances(),
        0,
        0,
        rate.perSecond(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        rate.perSecond(),
        "utterances/s",
        rate.limitPerSecond(),
        ObjectiveWording.explanation(missed.objective(), rate));
  }
}
