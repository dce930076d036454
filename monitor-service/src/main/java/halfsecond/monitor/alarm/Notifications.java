// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.alarm;

import halfsecond.monitor.alarm.AlarmReport.Severity;
import halfsecond.monitor.alarm.Notification.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides who is to be told what and when: of an alarm when it fires and when it is over, and again
 * and again in between until somebody has seen it. Nothing is told of what is silenced or snoozed,
 * and nothing of the end of what was not told. Not safe for use by several threads.
 */
final class Notifications {
  private final Duration remindAfter;

  /** What fires and somebody was told of. */
  private final Map<String, Told> told = new HashMap<>();

  /**
   * @param worst that was told
   */
  private record Told(Instant at, Severity worst) {}

  /**
   * @param known what fires already was told before the restart
   */
  Notifications(Duration remindAfter, List<TrackedAlarm> known, Instant now) {
    this.remindAfter = remindAfter;
    known.stream()
        .filter(alarm -> alarm.state() == State.FIRING)
        .forEach(alarm -> told.put(alarm.id(), new Told(now, alarm.report().severity())));
  }

  /** What is to be told now, of these alarms, which are all there are. */
  List<Notification> due(List<TrackedAlarm> alarms, Instant now) {
    List<Notification> due = new ArrayList<>();
    for (TrackedAlarm alarm : alarms) {
      due(alarm, now).ifPresent(due::add);
    }
    return due;
  }

  private Optional<Notification> due(TrackedAlarm alarm, Instant now) {
    Told last = told.get(alarm.id());
    if (alarm.state() == State.RESOLVED) {
      told.remove(alarm.id());
      return Optional.ofNullable(last)
          .map(it -> new Notification(Kind.RESOLVED, alarm, Notification.OVER));
    }
    if (alarm.state() != State.FIRING || alarm.handling().snoozed(now)) {
      return Optional.empty();
    }
    Severity severity = alarm.report().severity();
    if (last == null || severity.compareTo(last.worst()) > 0) {
      told.put(alarm.id(), new Told(now, severity));
      return Optional.of(new Notification(Kind.FIRED, alarm, severity.name()));
    }
    Optional<Instant> woken = alarm.handling().snoozedUntil().filter(last.at()::isBefore);
    boolean unseen =
        alarm.handling().seen().isEmpty() && !now.isBefore(last.at().plus(remindAfter));
    if (woken.isPresent() || unseen) {
      told.put(alarm.id(), new Told(now, last.worst()));
      String occasion = woken.map(Instant::toString).orElseGet(() -> ordinal(alarm.report(), now));
      return Optional.of(new Notification(Kind.REMINDER, alarm, occasion));
    }
    return Optional.empty();
  }

  /** Which of the reminders since it fired; monitors that fire seconds apart count the same. */
  private String ordinal(AlarmReport report, Instant now) {
    Duration since = Duration.between(report.fired().orElse(report.suspected()), now);
    return Long.toString(since.dividedBy(remindAfter));
  }
}
