// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import halfsecond.monitor.alarm.AlarmReport.Severity;
import halfsecond.monitor.alarm.Notification.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class NotificationsTest {
  private static final Duration REMIND = Duration.ofHours(4);

  private Instant now = Reports.NOW;
  private final AlarmDesk desk = new AlarmDesk(() -> now, AlarmArchive.NONE, 10);
  private final Notifications notifications = new Notifications(REMIND, List.of(), now);

  private List<Kind> after(Duration passed) {
    now = now.plus(passed);
    desk.tick();
    return notifications.due(desk.all(), now).stream().map(Notification::kind).toList();
  }

  private List<Kind> soon() {
    return after(Duration.ofSeconds(2));
  }

  @Test
  void tellsTheBeginningRemindersAndTheEnd() {
    AlarmReport report = Reports.firing("a", "m", 0);
    desk.report(report);
    assertThat(soon()).containsExactly(Kind.FIRED);
    assertThat(soon()).isEmpty();
    assertThat(after(REMIND)).containsExactly(Kind.REMINDER);
    assertThat(soon()).isEmpty();

    desk.report(Reports.resolved(report, 60));
    assertThat(soon()).containsExactly(Kind.RESOLVED);
    assertThat(after(REMIND)).isEmpty();
  }

  @Test
  void doesNotRemindWhoHasSeenIt() {
    desk.report(Reports.firing("a", "m", 0));
    assertThat(soon()).containsExactly(Kind.FIRED);
    desk.update("a", null, new Action.Acknowledge("eve", ""));

    assertThat(after(REMIND.multipliedBy(3))).isEmpty();
  }

  @Test
  void tellsAgainWhenItIsWorseThanWhatWasTold() {
    AlarmReport report = Reports.firing("a", "m", 0);
    desk.report(report);
    assertThat(soon()).containsExactly(Kind.FIRED);
    desk.update("a", null, new Action.Acknowledge("eve", ""));

    desk.report(Reports.of(report, Severity.CRITICAL));
    assertThat(soon()).containsExactly(Kind.FIRED);
    desk.report(report);
    assertThat(soon()).isEmpty();
    desk.report(Reports.of(report, Severity.CRITICAL));
    assertThat(soon()).as("that was told").isEmpty();
  }

  @Test
  void remindsWhenASnoozeIsOver() {
    desk.report(Reports.firing("a", "m", 0));
    assertThat(soon()).containsExactly(Kind.FIRED);
    desk.update("a", null, new Action.Acknowledge("eve", ""));
    desk.update("a", null, new Action.Snooze("eve", now.plus(Duration.ofHours(9))));

    assertThat(after(Duration.ofHours(8))).isEmpty();
    assertThat(after(Duration.ofHours(2))).containsExactly(Kind.REMINDER);
    assertThat(soon()).isEmpty();
  }

  @Test
  void saysNothingOfWhatIsSuspectedOrSilenced() {
    desk.report(Reports.pending("p", "p", 0));
    AlarmReport report = Reports.firing("s", "s", 0);
    desk.report(report);
    desk.update("s", null, new Action.Silence("eve", "known", now.plusSeconds(600), false));

    assertThat(soon()).isEmpty();
    desk.report(Reports.resolved(report, 10));
    assertThat(soon()).as("nobody was told that it began").isEmpty();
  }

  @Test
  void tellsOfASilencedOneOnceTheSilenceIsOver() {
    desk.report(Reports.firing("s", "s", 0));
    desk.update("s", null, new Action.Silence("eve", "known", now.plusSeconds(600), false));
    assertThat(soon()).isEmpty();

    assertThat(after(Duration.ofMinutes(11))).containsExactly(Kind.FIRED);
  }

  @Test
  void aRestartDoesNotTellAgainWhatFires() {
    AlarmReport report = Reports.firing("a", "m", 0);
    desk.report(report);
    Notifications restarted = new Notifications(REMIND, desk.all(), now);

    assertThat(restarted.due(desk.all(), now.plusSeconds(5))).isEmpty();
    desk.report(Reports.resolved(report, 60));
    assertThat(restarted.due(desk.all(), now.plusSeconds(9)))
        .extracting(Notification::kind)
        .containsExactly(Kind.RESOLVED);
  }
}
