// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.alarm;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the log and everybody else who wants to hear of alarms. For one thread at a time. */
public final class AlarmNotifier {
  private static final Logger LOG = LoggerFactory.getLogger(AlarmNotifier.class);

  private final AlarmDesk desk;
  private final Notifications notifications;
  private final List<Consumer<Notification>> sinks;

  /**
   * @param remindAfter time between two reminders of what fires and was seen by nobody
   * @param sinks must return at once
   */
  public AlarmNotifier(
      AlarmDesk desk, Duration remindAfter, List<Consumer<Notification>> sinks, Instant now) {
    this.desk = desk;
    this.notifications = new Notifications(remindAfter, desk.all(), now);
    this.sinks = List.copyOf(sinks);
  }

  /** To be called every few seconds. */
  public void tick(Instant now) {
    for (Notification notification : notifications.due(desk.all(), now)) {
      log(notification);
      sinks.forEach(sink -> sink.accept(notification));
    }
  }

  private static void log(Notification notification) {
    AlarmReport report = notification.alarm().report();
    boolean bad =
        notification.kind() != Notification.Kind.RESOLVED
            && report.severity() != AlarmReport.Severity.INFO;
    (bad ? LOG.atWarn() : LOG.atInfo())
        .addKeyValue("alarm", report.id())
        .addKeyValue("kind", notification.kind())
        .addKeyValue("severity", report.severity())
        .addKeyValue("stage", report.stage())
        .addKeyValue("title", report.title())
        .addKeyValue("next", report.nextStep())
        .log("alarm");
  }
}
