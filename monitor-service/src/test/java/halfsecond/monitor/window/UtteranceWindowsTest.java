// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.window;

import static halfsecond.monitor.rpc.TestRecords.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import com.google.protobuf.util.Durations;
import halfsecond.common.error.Reason;
import halfsecond.common.error.SpeechException;
import halfsecond.monitor.catalogue.BudgetShares;
import halfsecond.monitor.catalogue.UtteranceMetrics;
import halfsecond.monitor.record.Feedback;
import halfsecond.monitor.record.Stage;
import halfsecond.monitor.record.TrafficClass;
import halfsecond.monitor.rpc.TestRecords;
import halfsecond.monitor.v1.UtteranceRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class UtteranceWindowsTest {
  private static final WindowLayout LAYOUT =
      new WindowLayout(
          Duration.ofMinutes(1), Duration.ofHours(1), Duration.ofMinutes(15), Duration.ofHours(24));
  private static final WindowLayout WEEK =
      new WindowLayout(
          List.of(
              new WindowLayout.Level(Duration.ofMinutes(1), Duration.ofHours(1)),
              new WindowLayout.Level(Duration.ofMinutes(15), Duration.ofHours(24)),
              new WindowLayout.Level(Duration.ofHours(1), Duration.ofDays(7))));
  private static final TimeSpan DAY = new TimeSpan(NOW.minus(Duration.ofHours(24)), NOW);
  private static final SummaryQuery EVERYTHING = new SummaryQuery(DAY, null, null, null, false);

  private final UtteranceWindows windows = windows(new SeriesLimits(3, 2, 20));

  @Test
  void countsWhatUsersDidAmongTheUtterancesThatItIsAbout() {
    var about = TestRecords.read(TestRecords.answered("u-1"));
    windows.react(about, Feedback.Kind.REDO, NOW);
    add(TestRecords.answered("u-1"));
    add(TestRecords.answered("u-2"));
    add(TestRecords.rejected("u-3"));
    windows.react(TestRecords.read(TestRecords.rejected("u-3")), Feedback.Kind.REDO, NOW);
    windows.react(about, Feedback.Kind.CLICK_THROUGH, NOW);

    Cell cell = all();

    Aggregate redos = cell.of(UtteranceMetrics.feedback(Feedback.Kind.REDO));
    assertThat(redos.events()).isEqualTo(1);
    assertThat(redos.trials()).isEqualTo(2);
    assertThat(cell.of("pipeline.click_throughs").events()).isEqualTo(1);
    assertThat(cell.of("pipeline.accepts").events()).isZero();
    assertThat(cell.of("pipeline.accepts").trials()).isEqualTo(2);
    assertThat(windows.lastMoved("pipeline.redos")).isPresent();
    assertThat(windows.lastMoved("pipeline.corrections")).isEmpty();
    // Too late: nothing of that time is kept.
    windows.react(about, Feedback.Kind.CORRECTION, NOW.plus(Duration.ofDays(3)));
    assertThat(windows.lastMoved("pipeline.corrections")).isEmpty();
  }

  @Test
  void countsAFinalWithWords() {
    add(TestRecords.answered("u-1"));

    Cell cell = all();

    assertThat(cell.utterances()).isEqualTo(1);
    assertThat(cell.finals()).isEqualTo(1);
    assertThat(cell.of(UtteranceMetrics.NULL_TRANSCRIPTS).trials()).isEqualTo(1);
    assertThat(cell.of(UtteranceMetrics.NULL_TRANSCRIPTS).events()).isZero();
    assertThat(cell.of(UtteranceMetrics.misses(Stage.PIPELINE)).trials()).isEqualTo(1);
    assertThat(cell.of(UtteranceMetrics.misses(Stage.PIPELINE)).events()).isZero();
    assertThat(cell.of(UtteranceMetrics.CLIP_SECONDS).values().mean()).isEqualTo(2.0);
    assertThat(cell.of(UtteranceMetrics.REAL_TIME_FACTOR).values().mean()).isEqualTo(0.03);
    assertThat(cell.of(UtteranceMetrics.CONFIDENCE).values().mean()).isEqualTo(0.9);
    assertThat(cell.of(UtteranceMetrics.WORDS_PER_SECOND).values().mean()).isEqualTo(2.5);
  }

  @Test
  void splitsTheLatencyByStage() {
    add(TestRecords.answered("u-1"));

    Cell cell = all();

    assertThat(cell.of(UtteranceMetrics.latency(Stage.VAD)).values().mean())
        .isCloseTo(0.2, within(1e-9));
    assertThat(cell.of(UtteranceMetrics.latency(Stage.ROUTE)).values().mean())
        .isCloseTo(0.01, within(1e-9));
    assertThat(cell.of(UtteranceMetrics.latency(Stage.ASR)).values().mean())
        .isCloseTo(0.08, within(1e-9));
    assertThat(cell.of(UtteranceMetrics.latency(Stage.DELIVER)).values().mean())
        .isCloseTo(0.01, within(1e-9));
    assertThat(cell.of(UtteranceMetrics.latency(Stage.PIPELINE)).values().mean())
        .isCloseTo(0.3, within(1e-9));
  }

  @Test
  void aShareIsMissedByTakingLongerThanItAndNotByTakingAllOfIt() {
    add(TestRecords.answered("u-1"));
    add(
        TestRecords.answered("u-2")
            .setLatency(
                TestRecords.latency(201, 210, 290, 300).setBudget(Durations.fromMillis(500))));

    Cell cell = all();

    assertThat(cell.of(UtteranceMetrics.misses(Stage.VAD)).events()).isEqualTo(1);
    assertThat(cell.of(UtteranceMetrics.misses(Stage.ASR)).events()).isZero();
    assertThat(cell.of(UtteranceMetrics.misses(Stage.PIPELINE)).events()).isZero();
  }

  @Test
  void withoutABudgetNothingIsMissed() {
    add(
        TestRecords.answered("u-1")
            .setTrafficClass(halfsecond.speech.v1.TrafficClass.TRAFFIC_CLASS_BATCH)
            .setLatency(TestRecords.latency(200, 210, 9_000, 9_001)));

    Cell cell = all();

    assertThat(cell.finals()).isEqualTo(1);
    assertThat(cell.of(UtteranceMetrics.misses(Stage.PIPELINE)).trials()).isZero();
    assertThat(cell.of(UtteranceMetrics.misses(Stage.ASR)).events()).isZero();
    assertThat(cell.of(UtteranceMetrics.misses(Stage.PIPELINE)).events()).isZero();
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

    assertThat(cell.utterances()).isEqualTo(4);
    assertThat(cell.of(UtteranceMetrics.NULL_TRANSCRIPTS).trials()).isEqualTo(2);
    assertThat(cell.of(UtteranceMetrics.NULL_TRANSCRIPTS).events()).isEqualTo(1);
    assertThat(cell.of(UtteranceMetrics.WITHOUT_HYPOTHESIS).events()).isEqualTo(1);
    assertThat(cell.of(UtteranceMetrics.DEADLINE_FINALS).events()).isEqualTo(1);
    assertThat(cell.rejected()).isEqualTo(1);
    assertThat(cell.refusals()).containsOnlyKeys(Reason.SATURATED);
  }

  @Test
  void aLateAnswerSupplementsInEitherOrder() {
    add(TestRecords.late("u-1"));
    add(TestRecords.cut("u-1"));
    add(TestRecords.cut("u-2"));
    add(TestRecords.late("u-2"));

    Cell cell = all();

    assertThat(cell.utterances()).isEqualTo(2);
    assertThat(cell.finals()).isEqualTo(2);
    assertThat(cell.of(UtteranceMetrics.misses(Stage.PIPELINE)).events()).isEqualTo(2);
    assertThat(cell.of(UtteranceMetrics.LATE_ANSWERS).samples()).isEqualTo(2);
    assertThat(cell.of(UtteranceMetrics.LATE_ANSWERS_CHANGED).events()).isEqualTo(2);
    assertThat(cell.of(UtteranceMetrics.TRUNCATED_WORDS).sum()).isEqualTo(4);
    assertThat(cell.of(UtteranceMetrics.REAL_TIME_FACTOR).values().count()).isEqualTo(2);
    assertThat(cell.of(UtteranceMetrics.latency(Stage.PIPELINE)).values().count()).isEqualTo(2);
  }

  @Test
  void theDecodeCostOfACutFinalIsTakenFromItsLateAnswerOnly() {
    UtteranceRecord.Builder cut = TestRecords.cut("u-1");
    cut.getDecodeBuilder().setRealTimeFactor(0.1);
    add(cut);
    add(TestRecords.late("u-1"));

    assertThat(all().of(UtteranceMetrics.REAL_TIME_FACTOR).values().mean()).isEqualTo(0.5);
  }

  @Test
  void anUnchangedLateAnswerIsCountedAsThat() {
    UtteranceRecord.Builder same = TestRecords.late("u-1");
    same.getLateAnswerBuilder().setTruncatedWords(0).setChangedWords(0);
    add(same);

    assertThat(all().of(UtteranceMetrics.LATE_ANSWERS).samples()).isEqualTo(1);
    assertThat(all().of(UtteranceMetrics.LATE_ANSWERS_CHANGED).events()).isZero();
  }

  @Test
  void aReplayIsCountedOnce() {
    add(TestRecords.replayed("u-1"));
    add(TestRecords.answered("u-2"));

    assertThat(all().of(UtteranceMetrics.REPLAYS).events()).isEqualTo(1);
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
    assertThat(summary.all().utterances()).isEqualTo(4);
  }

  @Test
  void shadowsAreKeptApart() {
    add(TestRecords.answered("u-1"));
    UtteranceRecord.Builder shadow = TestRecords.answered("u-1-shadow");
    shadow.getModelBuilder().setShadow(true);
    add(shadow);

    assertThat(all().finals()).isEqualTo(1);
    assertThat(windows.summarize(new SummaryQuery(DAY, null, null, null, true), NOW).all().finals())
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

    assertThat(batch.all().finals()).isEqualTo(1);
    assertThat(all().finals()).isEqualTo(2);
  }

  @Test
  void versionsBeyondTheLimitAreGathered() {
    IntStream.rangeClosed(1, 5).forEach(i -> add(of("en-small@" + i, "u-" + i)));

    Summary summary = windows.summarize(EVERYTHING, NOW);

    assertThat(summary.byVersion())
        .containsOnlyKeys("en-small@1", "en-small@2", "en-small@3", "other");
    assertThat(finals(summary, "other")).isEqualTo(2);
    assertThat(summary.all().finals()).isEqualTo(5);
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

  /** Nothing is lost of those that had to make room. */
  @Test
  void seriesThatWereSilentForADayMakeRoomWhereThereIsNone() {
    UtteranceWindows week = windows(new SeriesLimits(3, 2, 20), WEEK);
    IntStream.rangeClosed(1, 3)
        .forEach(i -> week.add(TestRecords.read(of("en-small@" + i, "u-" + i)), NOW));
    Instant later = NOW.plus(Duration.ofHours(26));
    week.add(TestRecords.read(TestRecords.at(later, of("en-small@3", "u-8"))), later);
    Instant last = later.plus(Duration.ofHours(1));

    week.add(TestRecords.read(TestRecords.at(last, of("en-large@1", "u-9"))), last);

    TimeSpan all = new TimeSpan(NOW.minus(Duration.ofDays(1)), last.plusSeconds(60));
    Summary summary = week.summarize(new SummaryQuery(all, null, null, null, false), last);
    assertThat(summary.byVersion()).containsOnlyKeys("en-small@3", "en-large@1", "other");
    assertThat(summary.all().finals()).isEqualTo(5);
    assertThat(finals(summary, "other")).isEqualTo(3);
    CohortKey tenant = new CohortKey(CohortKey.Dimension.TENANT, "acme");
    assertThat(
            week.summarize(new SummaryQuery(all, null, tenant, null, false), last).all().finals())
        .isEqualTo(2);
  }

  @Test
  void aSilentSeriesKeepsItsPlaceWhileThereIsRoom() {
    UtteranceWindows week = windows(new SeriesLimits(30, 20, 200), WEEK);
    week.add(TestRecords.read(of("en-small@1", "u-1")), NOW);
    Instant later = NOW.plus(Duration.ofDays(3));

    week.add(TestRecords.read(TestRecords.at(later, of("en-small@2", "u-2"))), later);

    TimeSpan first = new TimeSpan(NOW.minus(Duration.ofHours(1)), NOW.plusSeconds(60));
    assertThat(week.history(UtteranceMetrics.UTTERANCES, new Who("en-small@1", null), first, later))
        .hasSize(1);
  }

  @Test
  void askingForAnUnknownVersionGivesNothing() {
    add(TestRecords.answered("u-1"));

    Summary summary =
        windows.summarize(new SummaryQuery(DAY, "en-small@9", null, null, false), NOW);

    assertThat(summary.byVersion()).isEmpty();
    assertThat(summary.all().utterances()).isZero();
  }

  @Test
  void aSpanOutsideOfTheDataGivesZeroOfAKnownVersion() {
    add(TestRecords.answered("u-1"));
    TimeSpan yesterday =
        new TimeSpan(NOW.minus(Duration.ofHours(20)), NOW.minus(Duration.ofHours(19)));

    Summary summary =
        windows.summarize(new SummaryQuery(yesterday, "en-small@1", null, null, false), NOW);

    assertThat(summary.byVersion()).containsOnlyKeys("en-small@1");
    assertThat(summary.all().utterances()).isZero();
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

    assertThat(all().finals()).isEqualTo(2);
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
    UtteranceMetrics metrics = UtteranceMetrics.usual();
    Cell cell = new Cell(metrics);
    for (int i = 0; i < 100_000; i++) {
      int sent = 300 + i % 400;
      cell.count(
          metrics.read(
              TestRecords.read(
                  TestRecords.answered("u")
                      .setLatency(
                          TestRecords.latency(200, 210, 290, sent)
                              .setBudget(Durations.fromMillis(500))))),
          null);
    }

    assertThat(cell.finals()).isEqualTo(100_000);
    assertThat(cell.retained()).isLessThan(metrics.size() * 520);
  }

  private void add(UtteranceRecord.Builder utterance) {
    windows.add(TestRecords.read(utterance), NOW);
  }

  private Cell all() {
    return windows.summarize(EVERYTHING, NOW).all();
  }

  private long finalsOf(CohortKey cohort) {
    return windows.summarize(new SummaryQuery(DAY, null, cohort, null, false), NOW).all().finals();
  }

  private static long finals(Summary summary, String version) {
    return Objects.requireNonNull(summary.byVersion().get(version)).finals();
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
    return windows(limits, LAYOUT);
  }

  private static UtteranceWindows windows(SeriesLimits limits, WindowLayout layout) {
    return new UtteranceWindows(layout, limits, new BudgetShares(0.4, 0.1, 0.4, 0.1));
  }
}
