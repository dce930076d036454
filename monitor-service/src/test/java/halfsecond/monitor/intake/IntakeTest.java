// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.intake;

import static halfsecond.monitor.rpc.TestRecords.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import halfsecond.common.error.SpeechException;
import halfsecond.monitor.record.UtteranceRecord;
import halfsecond.monitor.rpc.TestRecords;
import halfsecond.monitor.window.BudgetShares;
import halfsecond.monitor.window.SeriesLimits;
import halfsecond.monitor.window.SummaryQuery;
import halfsecond.monitor.window.Tally;
import halfsecond.monitor.window.TimeSpan;
import halfsecond.monitor.window.UtteranceWindows;
import halfsecond.monitor.window.WindowLayout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class IntakeTest {
  private final UtteranceWindows windows =
      new UtteranceWindows(
          new WindowLayout(
              Duration.ofMinutes(1),
              Duration.ofHours(1),
              Duration.ofMinutes(15),
              Duration.ofHours(24)),
          new SeriesLimits(4, 4, 40),
          new BudgetShares(0.4, 0.1, 0.4, 0.1));
  private final List<UtteranceRecord> judged = new ArrayList<>();
  private final Intake intake = new Intake(windows, judged::add, 3);

  @Test
  void aRecordCountsOnceHoweverOftenItIsSent() {
    assertThat(intake.take(TestRecords.read(TestRecords.answered("u-1")), NOW)).isTrue();
    assertThat(intake.take(TestRecords.read(TestRecords.answered("u-1")), NOW)).isFalse();

    assertThat(utterances()).isEqualTo(1);
    assertThat(judged).hasSize(1);
  }

  @Test
  void theSecondRevisionIsARecordOfItsOwn() {
    assertThat(intake.take(TestRecords.read(TestRecords.cut("u-1")), NOW)).isTrue();
    assertThat(intake.take(TestRecords.read(TestRecords.late("u-1")), NOW)).isTrue();
    assertThat(intake.take(TestRecords.read(TestRecords.late("u-1")), NOW)).isFalse();
  }

  @Test
  void aRefusedRecordIsNotRemembered() {
    var old = TestRecords.ago(Duration.ofDays(2), TestRecords.answered("u-1"));
    assertThatExceptionOfType(SpeechException.class)
        .isThrownBy(() -> intake.take(TestRecords.read(old), NOW));
    assertThat(judged).isEmpty();

    assertThat(intake.take(TestRecords.read(TestRecords.answered("u-1")), NOW)).isTrue();
  }

  @Test
  void whatIsForgottenCountsAgain() {
    for (int i = 1; i <= 4; i++) {
      intake.take(TestRecords.read(TestRecords.answered("u-" + i)), NOW);
    }

    assertThat(intake.take(TestRecords.read(TestRecords.answered("u-1")), NOW)).isTrue();
    assertThat(utterances()).isEqualTo(5);
  }

  private long utterances() {
    TimeSpan day = new TimeSpan(NOW.minus(Duration.ofDays(1)), NOW);
    return windows
        .summarize(new SummaryQuery(day, null, null, null, false), NOW)
        .all()
        .tally(Tally.UTTERANCES);
  }
}
