// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import halfsecond.monitor.rpc.TestRecords;
import halfsecond.monitor.v1.Alarm;
import halfsecond.monitor.v1.ChangeKind;
import halfsecond.monitor.v1.Severity;
import halfsecond.monitor.v1.Stage;
import halfsecond.monitor.v1.TestKind;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** From the cores that replicas of recognition report to the alarm that they are too few. */
final class MonitorCapacityIT {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration A_WHILE = Duration.ofMinutes(6);

  @Test
  void saysThatCoresAreTooFewAndWhenTheyAreEnough() throws Exception {
    try (RunningMonitor monitor = new RunningMonitor(Map.of(), TestRecords.NOW)) {
      monitor.speak();
      monitor.clock().forward(MINUTE);
      monitor.reportCores("asr-0", 0.01);
      monitor.clock().awaitExchange();
      monitor.clock().forward(A_WHILE);

      Alarm alarm = monitor.awaitAlarm(Alarm.State.STATE_FIRING);
      assertThat(alarm.getChange()).isEqualTo(ChangeKind.CHANGE_KIND_LOAD);
      assertThat(alarm.getSeverity()).isEqualTo(Severity.SEVERITY_WARNING);
      assertThat(alarm.getStage()).isEqualTo(Stage.STAGE_ASR);
      assertThat(alarm.getTitle()).startsWith("Recognition can carry 0.1 utterances a second");
      assertThat(alarm.getEvidence(0).getTest()).isEqualTo(TestKind.TEST_KIND_FIXED_LIMIT);
      assertThat(alarm.getEvidence(0).getEffect()).isLessThan(alarm.getEvidence(0).getLimit());

      monitor.speak();
      monitor.reportCores("asr-0", 2);
      monitor.clock().awaitExchange();
      monitor.clock().forward(A_WHILE);
      assertThat(monitor.awaitAlarm(Alarm.State.STATE_RESOLVED).getAlarmId())
          .isEqualTo(alarm.getAlarmId());
    }
  }

  /** Each replica knows one of them. */
  @Test
  void severalMonitorsKnowTheCoresOfAllReplicas() throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
      try (RunningMonitor one = RunningMonitor.sharing(postgres);
          RunningMonitor two = RunningMonitor.sharing(postgres)) {
        one.speak();
        RunningMonitor.forward(MINUTE, one, two);
        one.reportCores("asr-0", 0.01);
        two.reportCores("asr-1", 0.005);
        RunningMonitor.exchange(one, two);
        RunningMonitor.forward(A_WHILE, one, two);

        Alarm first = one.awaitAlarm(Alarm.State.STATE_FIRING);
        Alarm second = two.awaitAlarm(Alarm.State.STATE_FIRING);
        assertThat(second.getAlarmId()).isEqualTo(first.getAlarmId());
        assertThat(first.getTitle()).startsWith("Recognition can carry 0.2 utterances a second");
        assertThat(second.getTitle()).isEqualTo(first.getTitle());

        two.speak();
        one.reportCores("asr-2", 2);
        RunningMonitor.exchange(one, two);
        RunningMonitor.forward(A_WHILE, one, two);
        one.awaitAlarm(Alarm.State.STATE_RESOLVED);
        two.awaitAlarm(Alarm.State.STATE_RESOLVED);
      }
    }
  }
}
