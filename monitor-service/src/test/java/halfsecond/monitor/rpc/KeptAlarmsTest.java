// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import halfsecond.monitor.alarm.AlarmDesk;
import halfsecond.monitor.alarm.Reports;
import halfsecond.monitor.alarm.TrackedAlarm;
import halfsecond.monitor.store.BreakableDocuments;
import halfsecond.monitor.store.Store;
import halfsecond.monitor.store.TestStores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class KeptAlarmsTest {
  private final Store store = TestStores.open(TestStores.inMemory(), () -> Reports.NOW);
  private final KeptAlarms kept = new KeptAlarms(store.documents());

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void anotherDeskKnowsWhatWasWritten() {
    AlarmDesk desk = new AlarmDesk(() -> Reports.NOW, kept, 10);
    desk.report(Reports.firing("a", "m", 0));
    desk.report(Reports.firing("b", "m", 1));
    kept.flush();
    desk.report(Reports.resolved(Reports.firing("a", "m", 0), 60));
    kept.flush();

    AlarmDesk next = new AlarmDesk(() -> Reports.NOW, new KeptAlarms(store.documents()), 10);

    assertThat(next.all())
        .extracting(TrackedAlarm::report)
        .containsExactlyElementsOf(desk.all().stream().map(TrackedAlarm::report).toList());
  }

  @Test
  void whatIsForgottenIsDeleted() {
    AlarmDesk desk = new AlarmDesk(() -> Reports.NOW, kept, 10);
    desk.report(Reports.firing("a", "m", 0));
    kept.flush();
    kept.forget("a");
    kept.flush();

    assertThat(kept.load()).isEmpty();
  }

  @Test
  void whatIsNoAlarmIsLeftOut() {
    long unused = store.documents().put("alarm", "x", new byte[] {1, 2, 3});

    assertThat(kept.load()).isEmpty();
  }

  @Test
  void whatCannotBeWrittenIsWrittenTheNextTime() {
    BreakableDocuments documents = new BreakableDocuments(store.documents());
    KeptAlarms switched = new KeptAlarms(documents);
    AlarmDesk desk = new AlarmDesk(() -> Reports.NOW, switched, 10);
    desk.report(Reports.firing("a", "m", 0));
    documents.broken(true);
    switched.flush();
    documents.broken(false);
    assertThat(switched.load()).isEmpty();

    switched.flush();

    assertThat(switched.load()).hasSize(1);
  }
}
