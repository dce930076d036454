// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.window;

import static halfsecond.monitor.rpc.TestRecords.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import com.google.protobuf.util.Durations;
import halfsecond.common.error.Reason;
import halfsecond.common.error.SpeechException;
import halfsecond.monitor.record.Stage;
import halfsecond.monitor.record.TrafficClass;
import halfsecond.monitor.rpc.TestRecords;
import halfsecond.monitor.v1.UtteranceRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class UtteranceWindowsTest {
  private static final WindowLayout LAYOUT =
      new WindowLayout(
          Duration.ofMinutes(1), Duration.ofHours(1), Duration.ofMinutes(15), Duration.ofHours(24));
  private static final TimeSpan DAY = new TimeSpan(NOW.minus(Duration.ofHours(24)), NOW);
  private static final SummaryQuery EVERYTHING = new SummaryQuery(DAY, null, null, null, false);

  private final UtteranceWindows windows = windows(new SeriesLimits(3, 2, 20));

  @Test
  void countsAFinalWithWords() {
    add(TestRecords.answered("u-1"));

    Cell cell = all();

    assertThat(cell.tally(Tally.UTTERANCES)).isEqualTo(1);
    assertThat(cell.tally(Tally.FINALS)).isEqualTo(1);
    assertThat(cell.tally(Tally.ANSWERED)).isEqualTo(1);
    assertThat(cell.tally(Tally.NULL_TRANSCRIPTS)).isZero();
    assertThat(cell.tally(Tally.BUDGETED)).isEqualTo(1);
    assertThat(cell.tally(Tally.LATE_FINALS)).isZero();
    assertThat(cell.sketch(Measure.CLIP).mean()).isEqualTo(2.0);
    assertThat(cell.sketch(Measure.REAL_TIME_FACTOR).mean()).isEqualTo(0.03);
    assertThat(cell.sketch(Measure.CONFIDENCE).mean()).isEqualTo(0.9);
    assertThat(cell.sketch(Measure.WORDS_PER_SECOND).mean()).isEqualTo(2.5);
  }

  @Test
  void splitsTheLatencyByStage() {
    add(TestRecords.answered("u-1"));

    Cell cell = all();

    assertThat(Summary.latency(cell, Stage.VAD).mean()).isCloseTo(0.2, within(1e-9));
    assertThat(Summary.latency(cell, Stage.ROUTE).mean()).isCloseTo(0.01, within(1e-9));
    assertThat(Summary.latency(cell, Stage.ASR).mean()).isCloseTo(0.08, within(1e-9));
    assertThat(Summary.latency(cell, Stage.DELIVER).mean()).isCloseTo(0.01, within(1e-9));
    assertThat(Summary.latency(cell, Stage.PIPELINE).mean()).isCloseTo(0.3, within(1e-9));
  }

  @Test
  void aShareIsMissedByTakingLongerThanItAndNotByTakingAllOfIt() {
    add(TestRecords.answered("u-1"));
    add(
        TestRecords.answered("u-2")
            .setLatency(
                TestRecords.latency(201, 210, 290, 300).setBudget(Durations.fromMillis(500))));

    Cell cell = all();

    assertThat(Summary.shareMisses(cell, Stage.VAD)).isEqualTo(1);
    assertThat(Summary.shareMisses(cell, Stage.ASR)).isZero();
    assertThat(Summary.shareMisses(cell, Stage.PIPELINE)).isZero();
  }

  @Test
  void withoutABudgetNothingIsMissed() {
    add(
        TestRecords.answered("u-1")
            .setTrafficClass(halfsecond.speech.v1.TrafficClass.TRAFFIC_CLASS_BATCH)
            .setLatency(TestRecords.latency(200, 210, 9_000, 9_001)));

    Cell cell = all();

    assertThat(cell.tally(Tally.FINALS)).isEqualTo(1);
    assertThat(cell.tally(Tally.BUDGETED)).isZero();
    assertThat(Summary.shareMisses(cell, Stage.ASR)).isZero();
    assertThat(cell.tally(Tally.LATE_FINALS)).isZero();
  }

  @Test
  void aDeadlineFinalWithoutHypothesisIsNotANullTranscript() {
    UtteranceRecord.Builder unheard = TestRecords.cut("u-1");
    unheard.getFinalOutcomeBuilder().setNoHypothesis(true).setWordCount(0);
    add(unheard);
    add(TestRecords.empty("u-2"));
    add(TestRecords.answered("u-3"));
    add(TestRecords.rejected("u-4"));

    Cell cell = all();

    assertThat(cell.tally(Tally.UTTERANCES)).isEqualTo(4);
    assertThat(cell.tally(Tally.ANSWERED)).isEqualTo(2);
    assertThat(cell.tally(Tally.NULL_TRANSCRIPTS)).isEqualTo(1);
    assertThat(cell.tally(Tally.NO_HYPOTHESIS)).isEqualTo(1);
    assertThat(cell.tally(Tally.DEADLINE_FINALS)).isEqualTo(1);
    assertThat(cell.tally(Tally.REJECTED)).isEqualTo(1);
    assertThat(cell.refusals()).containsOnlyKeys(Reason.SATURATED);
  }

  @Test
  void aLateAnswerSupplementsInEitherOrder() {
    add(TestRecords.late("u-1"));
    add(TestRecords.cut("u-1"));
    add(TestRecords.cut("u-2"));
    add(TestRecords.late("u-2"));

    Cell cell = all();

    assertThat(cell.tally(Tally.UTTERANCES)).isEqualTo(2);
    assertThat(cell.tally(Tally.FINALS)).isEqualTo(2);
    assertThat(cell.tally(Tally.LATE_FINALS)).isEqualTo(2);
    assertThat(cell.tally(Tally.LATE_ANSWERS)).isEqualTo(2);
    assertThat(cell.tally(Tally.LATE_ANSWERS_CHANGED)).isEqualTo(2);
    assertThat(cell.tally(Tally.TRUNCATED_WORDS)).isEqualTo(4);
    assertThat(cell.sketch(Measure.REAL_TIME_FACTOR).count()).isEqualTo(2);
    assertThat(cell.sketch(Measure.TOTAL_LATENCY).count()).isEqualTo(2);
  }

  @Test
  void theDecodeCostOfACutFinalIsTakenFromItsLateAnswerOnly() {
    UtteranceRecord.Builder cut = TestRecords.cut("u-1");
    cut.getDecodeBuilder().setRealTimeFactor(0.1);
    add(cut);
    add(TestRecords.late("u-1"));

    assertThat(all().sketch(Measure.REAL_TIME_FACTOR).mean()).isEqualTo(0.5);
  }

  @Test
  void anUnchangedLateAnswerIsCountedAsThat() {
    UtteranceRecord.Builder same = TestRecords.late("u-1");
    same.getLateAnswerBuilder().setTruncatedWords(0).setChangedWords(0);
    add(same);

    assertThat(all().tally(Tally.LATE_ANSWERS)).isEqualTo(1);
    assertThat(all().tally(Tally.LATE_ANSWERS_CHANGED)).isZero();
  }

  @Test
  void aReplayIsCountedOnce() {
    add(TestRecords.replayed("u-1"));
    add(TestRecords.answered("u-2"));

    assertThat(all().tally(Tally.REPLAYED)).isEqualTo(1);
  }

  @Test
  void versionsAreKeptApartAndAddUp() {
    add(of("en-small@1", "u-1"));
    add(of("en-small@2", "u-2"));
    add(of("en-small@2", "u-3"));
    add(TestRecords.rejected("u-4"));

    Summary summary = windows.summarize(EVERYTHING, NOW);

    assertThat(summary.byVersion()).containsOnlyKeys("en-small@1", "en-small@2", "none");
    assertThat(finals(summary, "en-small@2")).isEqualTo(2);
    assertThat(summary.all().tally(Tally.UTTERANCES)).isEqualTo(4);
  }

  @Test
  void shadowsAreKeptApart() {
    add(TestRecords.answered("u-1"));
    UtteranceRecord.Builder shadow = TestRecords.answered("u-1-shadow");
    shadow.getModelBuilder().setShadow(true);
    add(shadow);

    assertThat(all().tally(Tally.FINALS)).isEqualTo(1);
    assertThat(
            windows
                .summarize(new SummaryQuery(DAY, null, null, null, true), NOW)
                .all()
                .tally(Tally.FINALS))
        .isEqualTo(1);
  }

  @Test
  void trafficClassesAreKeptApart() {
    add(TestRecords.answered("u-1"));
    add(
        TestRecords.answered("u-2")
            .setTrafficClass(halfsecond.speech.v1.TrafficClass.TRAFFIC_CLASS_BATCH));

    Summary batch =
        windows.summarize(new SummaryQuery(DAY, null, null, TrafficClass.BATCH, false), NOW);

    assertThat(batch.all().tally(Tally.FINALS)).isEqualTo(1);
    assertThat(all().tally(Tally.FINALS)).isEqualTo(2);
  }

  @Test
  void versionsBeyondTheLimitAreGathered() {
    IntStream.rangeClosed(1, 5).forEach(i -> add(of("en-small@" + i, "u-" + i)));

    Summary summary = windows.summarize(EVERYTHING, NOW);

    assertThat(summary.byVersion())
        .containsOnlyKeys("en-small@1", "en-small@2", "en-small@3", "other");
    assertThat(finals(summary, "other")).isEqualTo(2);
    assertThat(summary.all().tally(Tally.FINALS)).isEqualTo(5);
  }

  @Test
  void cohortsBeyondTheLimitAreGathered() {
    for (String device : new String[] {"a", "b", "c", "d", "other", "a"}) {
      add(device(device, "u-" + device));
    }

    assertThat(finalsOf(new CohortKey(CohortKey.Dimension.DEVICE, "a"))).isEqualTo(2);
    assertThat(finalsOf(new CohortKey(CohortKey.Dimension.DEVICE, "b"))).isEqualTo(1);
    assertThat(finalsOf(new CohortKey(CohortKey.Dimension.DEVICE, "c"))).isZero();
    assertThat(finalsOf(new CohortKey(CohortKey.Dimension.DEVICE, "other"))).isEqualTo(3);
  }

  @Test
  void thoseWhoDoNotSayAreACohort() {
    add(device("", "u-1"));

    assertThat(finalsOf(new CohortKey(CohortKey.Dimension.DEVICE, ""))).isEqualTo(1);
  }

  @Test
  void theFormatOfTheAudioIsACohort() {
    add(TestRecords.answered("u-1").setSampleRateHertz(8_000));

    assertThat(finalsOf(new CohortKey(CohortKey.Dimension.AUDIO_FORMAT, "LINEAR16/8000")))
        .isEqualTo(1);
  }

  @Test
  void seriesThatAreOverMakeRoom() {
    IntStream.rangeClosed(1, 3).forEach(i -> add(of("en-small@" + i, "u-" + i)));
    Instant later = NOW.plus(Duration.ofHours(25));

    windows.add(TestRecords.read(TestRecords.at(later, of("en-large@1", "u-9"))), later);

    Summary summary =
        windows.summarize(
            new SummaryQuery(
                new TimeSpan(later.minusSeconds(3_600), later.plusSeconds(60)),
                null,
                null,
                null,
                false),
            later);
    assertThat(summary.byVersion()).containsOnlyKeys("en-large@1");
  }

  @Test
  void askingForAnUnknownVersionGivesNothing() {
    add(TestRecords.answered("u-1"));

    Summary summary =
        windows.summarize(new SummaryQuery(DAY, "en-small@9", null, null, false), NOW);

    assertThat(summary.byVersion()).isEmpty();
    assertThat(summary.all().tally(Tally.UTTERANCES)).isZero();
  }

  @Test
  void aSpanOutsideOfTheDataGivesZeroOfAKnownVersion() {
    add(TestRecords.answered("u-1"));
    TimeSpan yesterday =
        new TimeSpan(NOW.minus(Duration.ofHours(20)), NOW.minus(Duration.ofHours(19)));

    Summary summary =
        windows.summarize(new SummaryQuery(yesterday, "en-small@1", null, null, false), NOW);

    assertThat(summary.byVersion()).containsOnlyKeys("en-small@1");
    assertThat(summary.all().tally(Tally.UTTERANCES)).isZero();
  }

  @Test
  void refusesARecordOfLongAgoAndCountsNothing() {
    UtteranceRecord.Builder old =
        TestRecords.ago(Duration.ofHours(25), TestRecords.answered("u-1"));

    assertThatExceptionOfType(SpeechException.class).isThrownBy(() -> add(old));
    assertThat(windows.seriesCount()).isZero();
  }

  @Test
  void aClockThatRunsBackwardsLosesNothing() {
    add(TestRecords.answered("u-1"));

    windows.add(TestRecords.read(TestRecords.answered("u-2")), NOW.minus(Duration.ofMinutes(3)));

    assertThat(all().tally(Tally.FINALS)).isEqualTo(2);
  }

  /**
   * What a day of everything at once takes: the limits say how many windows there can be, not the
   * records.
   */
  @Test
  void memoryDependsOnTheLimitsAndNotOnTheRecords() {
    SeriesLimits limits = new SeriesLimits(3, 4, 20);
    UtteranceWindows small = windows(limits);
    Instant start = NOW.minus(Duration.ofHours(50));
    for (int i = 0; i < 6_000; i++) {
      Instant now = start.plus(Duration.ofSeconds(30L * i));
      UtteranceRecord.Builder utterance = of("en-small@" + i % 7, "u-" + i);
      utterance
          .getCohortBuilder()
          .setDevice("device-" + i % 50)
          .setTenant("tenant-" + i)
          .setRegion("region-" + i % 3);
      small.add(TestRecords.read(TestRecords.at(now, utterance)), now);
    }

    assertThat(small.seriesCount()).isLessThanOrEqualTo(limits.mostSeries());
    assertThat((long) small.windowCount())
        .isLessThanOrEqualTo(small.seriesCount() * LAYOUT.mostWindows());
  }

  @Test
  void aWindowHoldsTheSameHoweverManyRecordsItCounts() {
    Cell cell = new Cell();
    Counting counting = new Counting(new BudgetShares(0.4, 0.1, 0.4, 0.1));
    for (int i = 0; i < 100_000; i++) {
      int sent = 300 + i % 400;
      counting.count(
          TestRecords.read(
              TestRecords.answered("u")
                  .setLatency(
                      TestRecords.latency(200, 210, 290, sent)
                          .setBudget(Durations.fromMillis(500)))),
          cell);
    }

    assertThat(cell.tally(Tally.FINALS)).isEqualTo(100_000);
    assertThat(cell.retained()).isLessThan(Measure.values().length * 2_000);
  }

  private void add(UtteranceRecord.Builder utterance) {
    windows.add(TestRecords.read(utterance), NOW);
  }

  private Cell all() {
    return windows.summarize(EVERYTHING, NOW).all();
  }

  private long finalsOf(CohortKey cohort) {
    return windows
        .summarize(new SummaryQuery(DAY, null, cohort, null, false), NOW)
        .all()
        .tally(Tally.FINALS);
  }

  private static long finals(Summary summary, String version) {
    return Objects.requireNonNull(summary.byVersion().get(version)).tally(Tally.FINALS);
  }

  private static UtteranceRecord.Builder of(String version, String id) {
    UtteranceRecord.Builder utterance = TestRecords.answered(id);
    utterance.getModelBuilder().setModelVersion(version);
    return utterance;
  }

  private static UtteranceRecord.Builder device(String device, String id) {
    UtteranceRecord.Builder utterance = TestRecords.answered(id);
    utterance.getCohortBuilder().setDevice(device);
    return utterance;
  }

  private static UtteranceWindows windows(SeriesLimits limits) {
    return new UtteranceWindows(LAYOUT, limits, new BudgetShares(0.4, 0.1, 0.4, 0.1));
  }
}
