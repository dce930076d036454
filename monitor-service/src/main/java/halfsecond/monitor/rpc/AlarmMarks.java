// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.rpc;

import halfsecond.monitor.alarm.AlarmReport;
import halfsecond.monitor.alarm.EvidenceReport;
import halfsecond.monitor.alarm.State;
import halfsecond.monitor.alarm.TrackedAlarm;
import halfsecond.monitor.query.SeriesQuery;
import halfsecond.monitor.v1.Alarm;
import halfsecond.monitor.window.CohortKey;
import halfsecond.monitor.window.TimeSpan;
import java.util.List;
import java.util.Optional;

/**
 * The alarms that belong on a metric over time: those that are named after it, and those that have
 * evidence of it, of everybody or of a cohort that is shown. What was suspected and came to nothing
 * is no mark.
 */
final class AlarmMarks {
  /** So that an answer stays small; more could not be told apart. */
  private static final int MOST = 50;

  private AlarmMarks() {}

  /**
   * As many as can be shown.
   *
   * @param alarms newest first
   */
  static List<Alarm> on(SeriesQuery query, List<TrackedAlarm> alarms) {
    return alarms.stream()
        .filter(alarm -> alarm.state() != State.RESOLVED || alarm.report().fired().isPresent())
        .filter(alarm -> during(alarm.report(), query.span()))
        .filter(alarm -> concerns(alarm.report(), query))
        .limit(MOST)
        .map(AlarmWriter::write)
        .toList();
  }

  /** The mark begins with the change, which is before it was seen. */
  private static boolean during(AlarmReport report, TimeSpan span) {
    return report.began().isBefore(span.end())
        && report.resolved().filter(end -> !end.isAfter(span.start())).isEmpty();
  }

  private static boolean concerns(AlarmReport report, SeriesQuery query) {
    String metric = query.metric().name();
    if (report.metric().equals(metric) && shown(report.cohort(), query)) {
      return true;
    }
    return report.evidence().stream()
        .filter(evidence -> evidence.metric().equals(metric))
        .map(EvidenceReport::cohort)
        .anyMatch(cohort -> shown(cohort, query));
  }

  private static boolean shown(Optional<CohortKey> cohort, SeriesQuery query) {
    return cohort.isEmpty()
        || query.of().stream().anyMatch(who -> cohort.get().equals(who.cohort()));
  }
}
