// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.intake;

import static halfsecond.monitor.rpc.TestRecords.NOW;
import static halfsecond.monitor.rpc.TestRecords.answered;
import static halfsecond.monitor.store.TestStores.done;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import halfsecond.common.error.Reason;
import halfsecond.common.error.SpeechException;
import halfsecond.monitor.catalogue.BudgetShares;
import halfsecond.monitor.rpc.TestRecords;
import halfsecond.monitor.store.LogEntry;
import halfsecond.monitor.store.Position;
import halfsecond.monitor.store.RecordLog;
import halfsecond.monitor.store.RecordPage;
import halfsecond.monitor.store.RecordQuery;
import halfsecond.monitor.store.Store;
import halfsecond.monitor.store.TestStores;
import halfsecond.monitor.v1.UtteranceRecord;
import halfsecond.monitor.window.SeriesLimits;
import halfsecond.monitor.window.SummaryQuery;
import halfsecond.monitor.window.TimeSpan;
import halfsecond.monitor.window.UtteranceWindows;
import halfsecond.monitor.window.WindowLayout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
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
  private final Store store = TestStores.open(TestStores.inMemory(), () -> NOW, windows::addIfKept);
  private final Intake intake = new Intake(windows, store.records(), 3);
  private final List<Integer> refused = new ArrayList<>();

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void aRecordCountsOnceHoweverOftenItIsSent() {
    assertThat(take(answered("u-1"))).isEqualTo(1);
    assertThat(take(answered("u-1"))).isZero();
    assertThat(take(answered("u-2"), answered("u-2"))).isEqualTo(1);

    assertThat(utterances()).isEqualTo(2);
  }

  @Test
  void theSecondRevisionIsARecordOfItsOwn() {
    assertThat(take(TestRecords.cut("u-1"))).isEqualTo(1);
    assertThat(take(TestRecords.late("u-1"))).isEqualTo(1);
    assertThat(take(TestRecords.late("u-1"))).isZero();
  }

  @Test
  void aRefusedRecordIsNotRemembered() {
    var old = TestRecords.ago(Duration.ofDays(2), answered("u-1"));

    assertThat(take(answered("u-0"), old)).isEqualTo(1);
    assertThat(refused).containsExactly(1);
    assertThat(take(answered("u-1"))).isEqualTo(1);
  }

  @Test
  void whatTheIdsForgetTheLogStillKnows() {
    for (int i = 1; i <= 4; i++) {
      take(answered("u-" + i));
    }

    assertThat(take(answered("u-1"))).isZero();
    assertThat(utterances()).isEqualTo(4);
  }

  @Test
  void whatIsKnownEndsNoSoonerThanWhatItIsACopyOf() {
    HeldLog log = new HeldLog();
    Intake held = new Intake(windows, log, 3);
    CompletionStage<Integer> first = take(held, answered("u-1"));
    CompletionStage<Integer> again = take(held, answered("u-1"));

    assertThat(log.appended).containsExactly(1, 0);
    assertThat(first.toCompletableFuture()).isNotDone();
    assertThat(again.toCompletableFuture()).isNotDone();
  }

  @Test
  void whatTheLogDoesNotTakeMayBeSentAgain() {
    HeldLog log = new HeldLog();
    Intake held = new Intake(windows, log, 3);
    log.full = true;
    assertThatExceptionOfType(SpeechException.class).isThrownBy(() -> take(held, answered("u-1")));
    log.full = false;

    CompletionStage<Integer> unused = take(held, answered("u-1"));

    assertThat(log.appended).containsExactly(1);
  }

  @Test
  void whatWasKeptBeforeTheStartIsKnown() {
    HeldLog log = new HeldLog();
    Intake started = new Intake(windows, log, 3);
    started.remember(TestRecords.read(answered("u-1")), NOW);

    CompletionStage<Integer> unused = take(started, answered("u-1"));

    assertThat(log.appended).containsExactly(0);
  }

  private int take(UtteranceRecord.Builder... records) {
    return done(take(intake, records));
  }

  private CompletionStage<Integer> take(Intake into, UtteranceRecord.Builder... records) {
    List<LogEntry> entries = Stream.of(records).map(TestStores::entry).toList();
    return into.take(entries, (place, why) -> refused.add(place));
  }

  private long utterances() {
    TimeSpan day = new TimeSpan(NOW.minus(Duration.ofDays(1)), NOW);
    return windows
        .summarize(new SummaryQuery(day, null, null, null, false), NOW)
        .all()
        .utterances();
  }

  /** Never gets anything done. */
  private static final class HeldLog implements RecordLog {
    private final List<Integer> appended = new ArrayList<>();
    private boolean full;

    @Override
    public CompletionStage<Integer> append(List<LogEntry> entries) {
      if (full) {
        throw new SpeechException(Reason.SATURATED, "full");
      }
      appended.add(entries.size());
      return new CompletableFuture<>();
    }

    @Override
    public RecordPage page(RecordQuery query, @Nullable Position after, int most) {
      return new RecordPage(List.of(), null);
    }

    @Override
    public List<byte[]> find(String utteranceId) {
      return List.of();
    }
  }
}
