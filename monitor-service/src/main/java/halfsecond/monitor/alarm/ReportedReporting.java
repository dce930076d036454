// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.alarm;

import halfsecond.monitor.alarm.AlarmReport.Change;
import halfsecond.monitor.alarm.AlarmReport.Drift;
import halfsecond.monitor.alarm.AlarmReport.Severity;
import halfsecond.monitor.catalogue.Metric;
import halfsecond.monitor.catalogue.TestKind;
import halfsecond.monitor.reported.Finding;
import halfsecond.monitor.reported.ReportedAlarm;
import halfsecond.monitor.window.CohortKey;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Puts what is said about a metric that services report into a report. */
final class ReportedReporting {
  private ReportedReporting() {}

  /** Whether an id is one of these alarms. */
  static boolean isOne(String id) {
    return id.startsWith(ReportedAlarm.ID_PREFIX);
  }

  static AlarmReport of(ReportedAlarm alarm) {
    Metric metric = alarm.metric();
    Finding finding = alarm.finding();
    Optional<CohortKey> cohort = Optional.ofNullable(alarm.target().cohort());
    return new AlarmReport(
        alarm.id(),
        change(finding.test()),
        Severity.WARNING,
        Drift.UNDECIDED,
        metric.stage(),
        metric.name(),
        cohort,
        title(metric, finding, cohort),
        "What it means: " + metric.description() + " Look at its course in the view Stages.",
        List.of(evidence(metric, finding, cohort)),
        Optional.empty(),
        alarm.began(),
        alarm.suspected(),
        alarm.fired(),
        alarm.resolved());
  }

  private static Change change(TestKind test) {
    return switch (test) {
      case SLOPE -> Change.GRADUAL;
      case NO_DATA -> Change.NO_DATA;
      default -> Change.SUDDEN;
    };
  }

  private static EvidenceReport evidence(
      Metric metric, Finding finding, Optional<CohortKey> cohort) {
    return new EvidenceReport(
        metric.name(),
        metric.stage(),
        finding.test(),
        cohort,
        finding.judged().start(),
        finding.judged().end(),
        metric.kind() == Metric.Kind.PROPORTION,
        finding.count(),
        finding.referenceCount(),
        finding.before(),
        finding.after(),
        finding.statistic(),
        finding.pValue(),
        finding.effect(),
        finding.effectUnit(),
        finding.limit(),
        explanation(metric, finding));
  }

  private static String title(Metric metric, Finding finding, Optional<CohortKey> cohort) {
    String whose = cohort.map(it -> " of " + it.value()).orElse("");
    String after = amount(metric, finding.after());
    return switch (finding.test()) {
      case NO_DATA -> metric.name() + whose + " is not reported any more";
      case FIXED_LIMIT ->
          metric.name()
              + whose
              + " is "
              + after
              + ", the limit is "
              + amount(metric, finding.limit());
      case SLOPE ->
          format(
              "%s%s keeps %s: from %s to %s in %d days",
              metric.name(),
              whose,
              finding.effect() > 0 ? "growing" : "falling",
              amount(metric, finding.before()),
              after,
              days(finding));
      default ->
          format(
              "%s%s is %s, expected %s",
              metric.name(), whose, after, amount(metric, finding.before()));
    };
  }

  private static long days(Finding finding) {
    return Duration.between(finding.judged().start(), finding.judged().end()).toDays();
  }

  private static String explanation(Metric metric, Finding finding) {
    return switch (finding.test()) {
      case NO_DATA ->
          format(
              "Nothing since %s; it was reported in every five minutes of the half hour before.",
              finding.judged().start());
      case FIXED_LIMIT ->
          format(
              "%s over five minutes (%d samples); the limit is %s.",
              amount(metric, finding.after()), finding.count(), amount(metric, finding.limit()));
      case ADAPTIVE_BAND ->
          format(
              "%s over five minutes (%d samples), beyond %s, which is where the band of the same"
                  + " hours of the days before ends.",
              amount(metric, finding.after()), finding.count(), amount(metric, finding.limit()));
      case SLOPE ->
          format(
              "Each of the last %d days was beyond the one before: %s on the first, %s on the last,"
                  + " %.0f %% of the mean along the line through them.",
              days(finding),
              amount(metric, finding.before()),
              amount(metric, finding.after()),
              100 * finding.effect());
      case CUSUM, PAGE_HINKLEY, ADWIN ->
          format(
              "%s in the last ten minutes against %s when it was learned: %.1f standard deviations"
                  + " of its minutes.",
              amount(metric, finding.after()), amount(metric, finding.before()), finding.effect());
      default ->
          format(
              "%s in the last hour (%d) against %s (%d): %.3g %s%s.",
              amount(metric, finding.after()),
              finding.count(),
              amount(metric, finding.before()),
              finding.referenceCount(),
              finding.effect(),
              finding.effectUnit(),
              finding.pValue().isPresent()
                  ? format(", p = %.1e", finding.pValue().getAsDouble())
                  : format(
                      ", index %.3f, up to %.3f without change",
                      finding.statistic().orElse(0), finding.limit()));
    };
  }

  /** A counter is told by the second. */
  private static String amount(Metric metric, double number) {
    if (metric.kind() == Metric.Kind.PROPORTION) {
      return format("%.2f %%", 100 * number);
    }
    String unit = metric.kind() == Metric.Kind.COUNTER ? metric.unit() + "/s" : metric.unit();
    boolean whole = Math.abs(number) >= 100 || number == Math.rint(number);
    return format(whole ? "%.0f %s" : "%.3g %s", number, unit);
  }

  private static String format(String text, Object... values) {
    return String.format(Locale.ROOT, text, values);
  }
}
