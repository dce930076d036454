// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import halfsecond.monitor.v1.Alarm;
import halfsecond.monitor.v1.Alarm.State;
import halfsecond.monitor.v1.ChangeKind;
import halfsecond.monitor.v1.Evidence;
import halfsecond.monitor.v1.ListAlarmsRequest;
import halfsecond.monitor.v1.Severity;
import halfsecond.monitor.v1.Stage;
import halfsecond.monitor.v1.TestKind;
import halfsecond.monitor.v1.UtteranceRecord;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Records that spend an error budget, and the alarm that comes of them, over the contract. */
final class ObjectiveAlarmsTest {
  private static final Duration STEP = Duration.ofSeconds(3);

  private ServedMonitor monitor;
  private Reporter reporter;
  private Instant at = TestRecords.NOW.minus(Duration.ofHours(5));
  private int number;

  @BeforeEach
  void start() throws IOException {
    monitor = new ServedMonitor();
    reporter = Reporter.named("router-1", monitor.channel());
  }

  @AfterEach
  void stop() {
    monitor.close();
  }

  @Test
  void saysThatTheBudgetBurnsWhoBurnsItAndWhenThatIsOver() {
    minutes(120, TestRecords::answered);
    assertThat(alarms()).isEmpty();

    minutes(6, TestRecords::cut);
    Alarm suspected = only();
    assertThat(suspected.getState()).isEqualTo(State.STATE_PENDING);
    assertThat(suspected.hasFiringTime()).isFalse();

    minutes(5, TestRecords::cut);
    Alarm alarm = only();
    assertThat(alarm.getAlarmId()).isEqualTo(suspected.getAlarmId());
    assertThat(alarm.getState()).isEqualTo(State.STATE_FIRING);
    assertThat(alarm.getSeverity()).isEqualTo(Severity.SEVERITY_CRITICAL);
    assertThat(alarm.getChange()).isEqualTo(ChangeKind.CHANGE_KIND_OBJECTIVE);
    assertThat(alarm.getStage()).isEqualTo(Stage.STAGE_ASR);
    assertThat(alarm.getMetric()).isEqualTo("pipeline.budget_misses");
    assertThat(alarm.getTitle()).contains("Latency objective").contains("1.0 % allowed");
    assertThat(alarm.getNextStep()).contains("asr.decode_wait");
    assertThat(alarm.getEvidenceCount()).isEqualTo(2);
    assertBurns(alarm.getEvidence(0), 1_200, 14.4);
    assertThat(alarm.getEvidence(0).getExplanation())
        .contains("Of the budget of thirty days")
        .contains("go back to stage asr");
    assertBurns(alarm.getEvidence(1), 100, 14.4);
    assertThat(alarm.getEvidence(1).getCurrent().getProportion().getRate()).isEqualTo(1);

    minutes(20, TestRecords::answered);
    Alarm over = only();
    assertThat(over.getAlarmId()).isEqualTo(suspected.getAlarmId());
    assertThat(over.getState()).isEqualTo(State.STATE_RESOLVED);
    assertThat(over.hasFiringTime()).isTrue();
    assertThat(over.getSeverity()).isEqualTo(Severity.SEVERITY_CRITICAL);
  }

  @Test
  void saysThatUtterancesAreRefused() {
    minutes(120, TestRecords::answered);
    minutes(4, TestRecords::rejected);

    Alarm alarm = only();
    assertThat(alarm.getState()).isEqualTo(State.STATE_FIRING);
    assertThat(alarm.getStage()).isEqualTo(Stage.STAGE_ROUTE);
    assertThat(alarm.getMetric()).isEqualTo("pipeline.refusals");
    assertThat(alarm.getNextStep()).contains("SATURATED");
  }

  /** One of a handful is late: a large share, and no reason to wake anybody. */
  @Test
  void saysNothingOfAFewInTheNight() {
    for (int hour = 0; hour < 4; hour++) {
      report(List.of(TestRecords.at(at, TestRecords.cut("late-" + hour)).build()));
      at = at.plus(Duration.ofMinutes(20));
      report(List.of(TestRecords.at(at, TestRecords.answered("good-" + hour)).build()));
      at = at.plus(Duration.ofMinutes(40));
    }

    assertThat(alarms()).isEmpty();
  }

  private static void assertBurns(Evidence evidence, long utterances, double limit) {
    assertThat(evidence.getTest()).isEqualTo(TestKind.TEST_KIND_BURN_RATE);
    assertThat(evidence.hasReference()).isFalse();
    assertThat(evidence.getCurrent().getCount()).isEqualTo(utterances);
    assertThat(evidence.getEffect())
        .isCloseTo(evidence.getCurrent().getProportion().getRate() / 0.01, within(1e-6))
        .isGreaterThan(limit);
    assertThat(evidence.getLimit()).isCloseTo(limit, within(1e-9));
    assertThat(evidence.getEffectUnit()).isEqualTo("times the budget");
  }

  private void minutes(int count, Function<String, UtteranceRecord.Builder> how) {
    Instant end = at.plus(Duration.ofMinutes(count));
    List<UtteranceRecord> records = new ArrayList<>();
    for (; at.isBefore(end); at = at.plus(STEP)) {
      records.add(TestRecords.at(at, how.apply("u-" + number++)).build());
      if (records.size() == 200) {
        report(List.copyOf(records));
        records.clear();
      }
    }
    report(records);
  }

  private void report(List<UtteranceRecord> records) {
    int before = reporter.accepted();
    reporter.batch(records);
    await("the acknowledgement").until(() -> reporter.accepted() == before + records.size());
  }

  private Alarm only() {
    assertThat(alarms()).hasSize(1);
    return alarms().get(0);
  }

  private List<Alarm> alarms() {
    return monitor.stub().listAlarms(ListAlarmsRequest.getDefaultInstance()).getAlarmsList();
  }
}
