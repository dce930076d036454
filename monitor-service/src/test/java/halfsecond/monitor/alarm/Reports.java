// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.alarm;

import halfsecond.monitor.alarm.AlarmReport.Change;
import halfsecond.monitor.alarm.AlarmReport.Drift;
import halfsecond.monitor.alarm.AlarmReport.Severity;
import halfsecond.monitor.catalogue.TestKind;
import halfsecond.monitor.objective.Level;
import halfsecond.monitor.objective.Objective;
import halfsecond.monitor.objective.ObjectiveAlarm;
import halfsecond.monitor.objective.ObjectiveChange.Burn;
import halfsecond.monitor.record.Stage;
import halfsecond.monitor.statistics.BurnRate;
import halfsecond.monitor.statistics.Proportion;
import halfsecond.monitor.window.CohortKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Reports for tests. */
public final class Reports {
  public static final Instant NOW = Instant.parse("2026-03-02T12:00:00Z");
  public static final CohortKey PHONE = new CohortKey(CohortKey.Dimension.DEVICE, "phone-9");

  private Reports() {}

  /** Fires since this many seconds after {@link #NOW}. */
  public static AlarmReport firing(String id, String metric, long seconds) {
    return report(id, metric, Optional.empty(), seconds, true, Optional.empty());
  }

  public static AlarmReport pending(String id, String metric, long seconds) {
    return report(id, metric, Optional.empty(), seconds, false, Optional.empty());
  }

  public static AlarmReport ofPhone(String id, String metric, long seconds) {
    return report(id, metric, Optional.of(PHONE), seconds, true, Optional.empty());
  }

  public static AlarmReport resolved(AlarmReport report, long seconds) {
    return over(report, true, seconds);
  }

  /** It was suspected, and came to nothing. */
  public static AlarmReport cleared(AlarmReport report, long seconds) {
    return over(report, false, seconds);
  }

  private static AlarmReport over(AlarmReport report, boolean fired, long seconds) {
    return report(
        report.id(),
        report.metric(),
        report.cohort(),
        report.suspected().getEpochSecond() - NOW.getEpochSecond(),
        fired,
        Optional.of(NOW.plusSeconds(seconds)));
  }

  /** The same, which shows in another metric of everybody, too. */
  public static AlarmReport withEvidenceOf(AlarmReport report, String metric) {
    List<EvidenceReport> evidence = new ArrayList<>(report.evidence());
    evidence.addAll(firing("other", metric, 0).evidence());
    return new AlarmReport(
        report.id(),
        report.change(),
        report.severity(),
        report.drift(),
        report.stage(),
        report.metric(),
        report.cohort(),
        report.title(),
        report.nextStep(),
        evidence,
        report.attribution(),
        report.began(),
        report.suspected(),
        report.fired(),
        report.resolved());
  }

  /** LIVE finals are late since {@link #NOW}. */
  public static AlarmReport ofObjective(String id) {
    Proportion bad = new Proportion(900, 6_000);
    Burn burn =
        new Burn(
            BurnRate.RULES.get(0),
            0.99,
            bad,
            new Proportion(500, 500),
            1,
            new Burn.Blame(Stage.ASR, 800),
            0.97);
    return ObjectiveReporting.of(
        new ObjectiveAlarm(
            id,
            NOW.minusSeconds(540),
            NOW.minusSeconds(240),
            Optional.of(NOW),
            Optional.empty(),
            List.of(new ObjectiveAlarm.Missed(Objective.LATENCY, Level.PAGE, NOW, burn))));
  }

  /** The same, as bad as this. */
  public static AlarmReport of(AlarmReport report, Severity severity) {
    return new AlarmReport(
        report.id(),
        report.change(),
        severity,
        report.drift(),
        report.stage(),
        report.metric(),
        report.cohort(),
        report.title(),
        report.nextStep(),
        report.evidence(),
        report.attribution(),
        report.began(),
        report.suspected(),
        report.fired(),
        report.resolved());
  }

  private static AlarmReport report(
      String id,
      String metric,
      Optional<CohortKey> cohort,
      long seconds,
      boolean fired,
      Optional<Instant> resolved) {
    Instant at = NOW.plusSeconds(seconds);
    return new AlarmReport(
        id,
        Change.SUDDEN,
        Severity.WARNING,
        Drift.DATA,
        Stage.VAD,
        metric,
        cohort,
        metric + " rose",
        "Look.",
        List.of(
            new EvidenceReport(
                metric,
                Stage.VAD,
                TestKind.CUSUM,
                cohort,
                at.minusSeconds(60),
                at,
                false,
                120,
                9_000,
                1.5,
                2.25,
                OptionalDouble.of(31.5),
                OptionalDouble.empty(),
                0.75,
                "standard deviations",
                30,
                "It rose.")),
        Optional.of(
            new Attribution(
                Stage.VAD,
                0.041,
                0.012,
                List.of(new Attribution.Stratum("short", 0.2, 0.4, 0.2, 0.24)))),
        at.minusSeconds(60),
        at,
        fired ? Optional.of(at) : Optional.empty(),
        resolved);
  }
}
