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
      due(alarm, now).ifPresent(kind -> due.add(new Notification(kind, alarm)));
    }
    return due;
  }

  private Optional<Kind> due(TrackedAlarm alarm, Instant now) {
    Told last = told.get(alarm.id());
    if (alarm.state() == State.RESOLVED) {
      told.remove(alarm.id());
      return Optional.ofNullable(last).map(it -> Kind.RESOLVED);
    }
    if (alarm.state() != State.FIRING || alarm.handling().snoozed(now)) {
      return Optional.empty();
    }
    Severity severity = alarm.report().severity();
    if (last == null || severity.compareTo(last.worst()) > 0) {
      told.put(alarm.id(), new Told(now, severity));
      return Optional.of(Kind.FIRED);
    }
    boolean woken = alarm.handling().snoozedUntil().filter(last.at()::isBefore).isPresent();
    boolean unseen =
        alarm.handling().seen().isEmpty() && !now.isBefore(last.at().plus(remindAfter));
    if (woken || unseen) {
      told.put(alarm.id(), new Told(now, last.worst()));
      return Optional.of(Kind.REMINDER);
    }
    return Optional.empty();
  }
}
