// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import halfsecond.monitor.store.BreakableDocuments;
import halfsecond.monitor.store.KeptDocuments;
import halfsecond.monitor.store.Store;
import halfsecond.monitor.store.TestStores;
import halfsecond.testing.FakeScheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ClaimsTest {
  private static final Duration REMIND_AFTER = Duration.ofHours(4);

  private final Store store = TestStores.open(TestStores.inMemory(), () -> Reports.NOW);
  private final BreakableDocuments documents = new BreakableDocuments(store.documents());
  private final List<Notification> told = new ArrayList<>();
  private final FakeScheduler scheduler = new FakeScheduler();
  private final List<Monitor> tellers = new ArrayList<>();
  private final List<Runnable> late = new ArrayList<>();
  private boolean reaching = true;
  private Instant now = Reports.NOW;
  private final Monitor left = new Monitor();
  private final Monitor right = new Monitor();

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void oneOfSeveralMonitorsTells() {
    left.desk.report(Reports.firing("a", "m", 0));
    left.tick();
    now = now.plusSeconds(20);
    right.desk.report(Reports.firing("a", "m", 0));
    right.tick();
    assertThat(told).extracting(Notification::kind).containsExactly(Notification.Kind.FIRED);

    for (int i = 0; i < 2; i++) {
      now = now.plus(REMIND_AFTER);
      left.tick();
      now = now.plusSeconds(20);
      right.tick();
    }
    assertThat(told)
        .extracting(Notification::kind)
        .containsExactly(
            Notification.Kind.FIRED, Notification.Kind.REMINDER, Notification.Kind.REMINDER);

    right.desk.report(Reports.resolved(Reports.firing("a", "m", 0), 60));
    right.tick();
    left.desk.report(Reports.resolved(Reports.firing("a", "m", 0), 60));
    left.tick();
    assertThat(told)
        .hasSize(4)
        .last()
        .extracting(Notification::kind)
        .isEqualTo(Notification.Kind.RESOLVED);
  }

  @Test
  void anotherOneTellsWhatTheFirstCouldNot() {
    reaching = false;
    fireAtBoth();
    assertThat(tellers).containsExactly(left);
    reaching = true;
    pass(Claims.PATIENCE);
    assertThat(tellers).containsExactly(left, right);

    pass(Claims.PATIENCE.multipliedBy(10));
    assertThat(tellers).hasSize(2);
  }

  @Test
  void whatWasTakenMeanwhileIsNotToldAgain() {
    reaching = false;
    fireAtBoth();
    late.forEach(Runnable::run);
    pass(Claims.PATIENCE.multipliedBy(10));
    assertThat(tellers).containsExactly(left);
  }

  @Test
  void clocksThatDifferMakeNobodyImpatient() {
    reaching = false;
    left.desk.report(Reports.firing("a", "m", 0));
    left.tick();
    now = now.plus(Claims.PATIENCE.multipliedBy(3));
    right.desk.report(Reports.firing("a", "m", 0));
    right.tick();
    assertThat(tellers).containsExactly(left);
  }

  @Test
  void nothingIsToldOfWhatIsOverSince() {
    reaching = false;
    fireAtBoth();
    reaching = true;
    right.desk.report(Reports.resolved(Reports.firing("a", "m", 0), 30));
    right.tick();
    pass(Claims.PATIENCE.multipliedBy(10));

    assertThat(told)
        .extracting(Notification::kind)
        .containsExactly(Notification.Kind.FIRED, Notification.Kind.RESOLVED);
  }

  private void fireAtBoth() {
    for (Monitor monitor : List.of(left, right)) {
      monitor.desk.report(Reports.firing("a", "m", 0));
      monitor.tick();
    }
  }

  @Test
  void anEndThatWasToldTooEarlyIsToldAgain() {
    left.desk.report(Reports.firing("a", "m", 0));
    left.tick();
    right.desk.report(Reports.firing("a", "m", 0));
    right.tick();
    left.desk.lose("a");
    left.tick();
    now = now.plus(REMIND_AFTER);
    right.tick();
    right.desk.report(Reports.resolved(Reports.firing("a", "m", 0), 60));
    right.tick();

    assertThat(told)
        .extracting(Notification::kind)
        .containsExactly(
            Notification.Kind.FIRED,
            Notification.Kind.RESOLVED,
            Notification.Kind.REMINDER,
            Notification.Kind.RESOLVED);
  }

  private void pass(Duration time) {
    now = now.plus(time);
    scheduler.advance(time);
  }

  @Test
  void ratherTwiceThanNotAtAll() {
    documents.broken(true);
    fireAtBoth();
    assertThat(tellers).containsExactly(left, right);
  }

  @Test
  void oldClaimsAreForgotten() {
    left.desk.report(Reports.firing("a", "m", 0));
    left.tick();
    now = now.plus(Duration.ofDays(32));
    left.desk.report(Reports.firing("b", "m", 0));
    left.tick();

    assertThat(store.documents().all("claim"))
        .extracting(document -> new ClaimCodec().read(document.bytes()).id())
        .noneMatch(id -> id.startsWith("a FIRED"))
        .isNotEmpty();
  }

  private final class Monitor {
    private final AlarmDesk desk = new AlarmDesk(() -> now, AlarmArchive.NONE, 10);
    private final AlarmNotifier notifier =
        new AlarmNotifier(
            desk,
            REMIND_AFTER,
            List.of(
                new Claims(
                    new KeptDocuments<>(documents, "claim", new ClaimCodec()),
                    this::tell,
                    Runnable::run,
                    scheduler,
                    () -> now)),
            now);

    void tick() {
      notifier.tick(now);
    }

    private void tell(Notification notification, Runnable taken) {
      told.add(notification);
      tellers.add(this);
      if (reaching) {
        taken.run();
      } else {
        late.add(taken);
      }
    }
  }
}
