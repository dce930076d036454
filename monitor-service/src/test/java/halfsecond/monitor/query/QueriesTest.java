// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.protobuf.util.Durations;
import halfsecond.monitor.catalogue.BudgetShares;
import halfsecond.monitor.catalogue.Metric;
import halfsecond.monitor.catalogue.MetricCatalogue;
import halfsecond.monitor.metric.MetricWindows;
import halfsecond.monitor.metric.StageSample;
import halfsecond.monitor.query.SeriesAnswer.Point;
import halfsecond.monitor.reference.Reference;
import halfsecond.monitor.reference.Rolling;
import halfsecond.monitor.reference.StoredReference;
import halfsecond.monitor.rpc.TestRecords;
import halfsecond.monitor.v1.UtteranceRecord;
import halfsecond.monitor.window.CohortKey;
import halfsecond.monitor.window.SeriesLimits;
import halfsecond.monitor.window.TimeSpan;
import halfsecond.monitor.window.UtteranceWindows;
import halfsecond.monitor.window.Who;
import halfsecond.monitor.window.WindowLayout;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Eight days of traffic with a daily rhythm, then an hour of a ninth in which things go wrong. */
final class QueriesTest {
  private static final WindowLayout LAYOUT =
      new WindowLayout(
          List.of(
              new WindowLayout.Level(Duration.ofMinutes(1), Duration.ofHours(1)),
              new WindowLayout.Level(Duration.ofMinutes(15), Duration.ofHours(24)),
              new WindowLayout.Level(Duration.ofHours(1), Duration.ofDays(15))));
  private static final Instant START = Instant.parse("2026-11-12T00:00:00Z");
  private static final Instant CHANGE = Instant.parse("2026-11-20T12:00:00Z");
  private static final Instant END = Instant.parse("2026-11-20T13:00:00Z");
  private static final TimeSpan LAST_HOUR = new TimeSpan(CHANGE, END);

  private final MetricCatalogue catalogue = MetricCatalogue.builtIn();
  private final UtteranceWindows utterances =
      new UtteranceWindows(
          LAYOUT, new SeriesLimits(4, 4, 40), new BudgetShares(0.4, 0.1, 0.4, 0.1));
  private final MetricWindows stages = new MetricWindows(catalogue, LAYOUT);
  private final Histories histories = new Histories(utterances, stages);
  private final SeriesReader series = new SeriesReader(histories);
  private final DistributionReader distributions = new DistributionReader(histories);
  private final Random random = new Random(11);

  @Test
  void everyUtteranceIsInExactlyOneStepHoweverOldItIs() {
    long sent = traffic(false);

    SeriesAnswer answer = ask("pipeline.utterances", new TimeSpan(START, END), null);

    assertThat(answer.step()).isEqualTo(Duration.ofHours(2));
    assertThat(points(answer).stream().mapToLong(Point::count).sum()).isEqualTo(sent);
    assertThat(points(answer)).isSortedAccordingTo((a, b) -> a.start().compareTo(b.start()));
  }

  @Test
  void aRateIsPerSecondAlsoInTheStepThatGoesOn() {
    for (int i = 0; i < 90; i++) {
      add(TestRecords.answered("u-" + i), END.plusSeconds(i));
    }

    SeriesAnswer answer =
        series.read(
            query("pipeline.utterances", new TimeSpan(END, END.plusSeconds(120)), null),
            END.plusSeconds(90));

    assertThat(points(answer)).extracting(Point::value).containsExactly(1.0, 1.0);
  }

  @Test
  void ordinaryTimesLieInTheBand() {
    traffic(false);
    int outside = 0;
    int judged = 0;
    for (String metric :
        List.of("pipeline.utterances", "asr.null_transcripts", "vad.clip_seconds")) {
      for (Point point :
          points(ask(metric, new TimeSpan(END.minus(Duration.ofHours(24)), END), null))) {
        Band band = Objects.requireNonNull(point.band());
        judged++;
        outside += band.contains(point.value()) ? 0 : 1;
      }
    }

    assertThat(judged).isGreaterThan(250);
    assertThat(outside).isLessThanOrEqualTo(5);
  }

  @Test
  void whatGoesWrongLiesOutsideOfTheBand() {
    traffic(true);

    assertThat(points(ask("asr.null_transcripts", LAST_HOUR, Duration.ofMinutes(30))))
        .allSatisfy(
            point ->
                assertThat(point.value())
                    .isGreaterThan(Objects.requireNonNull(point.band()).upper()));
    assertThat(points(ask("vad.clip_seconds", LAST_HOUR, Duration.ofMinutes(30))))
        .allSatisfy(
            point ->
                assertThat(point.value()).isLessThan(Objects.requireNonNull(point.band()).lower()));
  }

  @Test
  void theBandIsWiderWhereThereIsLess() {
    traffic(false);
    TimeSpan day = new TimeSpan(END.minus(Duration.ofHours(24)), END);

    List<Point> points = points(ask("vad.clip_seconds", day, Duration.ofMinutes(60)));

    Point night = at(points, "2026-11-20T00:00:00Z");
    Point noon = at(points, "2026-11-19T14:00:00Z");
    assertThat(night.count()).isLessThan(noon.count() / 4);
    assertThat(width(night)).isGreaterThan(2 * width(noon));
  }

  @Test
  void withoutTwoDaysBeforeThereIsNoBand() {
    for (int i = 0; i < 200; i++) {
      add(TestRecords.answered("u-" + i), END.minus(Duration.ofHours(24)).plusSeconds(i));
      add(TestRecords.answered("v-" + i), END.minusSeconds(200 - i));
    }

    assertThat(points(ask("vad.clip_seconds", LAST_HOUR, null)))
        .isNotEmpty()
        .allSatisfy(point -> assertThat(point.band()).isNull());
  }

  @Test
  void versionsAndCohortsAreLinesOfTheirOwn() {
    traffic(true);
    Who version = new Who("en-small@1", null);
    Who cohort = new Who(null, new CohortKey(CohortKey.Dimension.TENANT, "acme"));
    Who nobody = new Who("en-small@9", null);

    SeriesAnswer answer =
        series.read(
            new SeriesQuery(
                catalogue.find("asr.null_transcripts"),
                LAST_HOUR,
                Duration.ofHours(1),
                List.of(version, cohort, nobody),
                null),
            END);

    assertThat(answer.lines())
        .extracting(SeriesAnswer.Line::who)
        .containsExactly(version, cohort, nobody);
    assertThat(answer.lines().get(0).points()).hasSize(1);
    assertThat(answer.lines().get(1).points())
        .extracting(Point::count)
        .isEqualTo(List.of(answer.lines().get(0).points().get(0).count()));
    assertThat(answer.lines().get(2).points()).isEmpty();
  }

  @Test
  void metricsOfServicesAreReadTheSameWay() {
    for (int day = 0; day < 8; day++) {
      Instant noon = START.plus(Duration.ofDays(day)).plus(Duration.ofHours(12));
      for (int minute = 0; minute < 60; minute++) {
        Instant at = noon.plus(Duration.ofMinutes(minute));
        double level = 100 + day % 3;
        stages.add(
            new StageSample(
                "asr.memory", at, new Who("en-small@1", null), new StageSample.Reading(level)),
            "asr-0",
            at);
      }
    }
    TimeSpan last =
        new TimeSpan(Instant.parse("2026-11-19T12:00:00Z"), Instant.parse("2026-11-19T13:00:00Z"));

    SeriesAnswer answer =
        series.read(query("asr.memory", last, Duration.ofMinutes(30)), last.end());

    assertThat(points(answer)).hasSize(2);
    Point point = points(answer).get(0);
    assertThat(point.value()).isEqualTo(101);
    assertThat(Objects.requireNonNull(point.band()).contains(101)).isTrue();
    assertThat(point.band().contains(110)).isFalse();
    assertThat(
            histories.of(
                catalogue.find("asr.memory"), new Who("en-small@1", null), last, last.end()))
        .isNotEmpty();
    assertThat(histories.seriesCount(catalogue.find("asr.memory"))).isEqualTo(2);
  }

  @Test
  void aChangedDistributionIsSaidToHaveChanged() {
    traffic(true);

    DistributionAnswer answer = distribution("vad.clip_seconds", null);
    Comparison comparison = Objects.requireNonNull(answer.comparison());

    assertThat(comparison.changed()).isTrue();
    assertThat(comparison.effect()).isNegative();
    assertThat(comparison.stability()).isGreaterThan(comparison.stabilityLimit());
    assertThat(comparison.sentence(answer.reference(), answer.current(), " s"))
        .startsWith("It changed: mean 1.")
        .contains("p < 0.001");
    assertThat(Objects.requireNonNull(answer.referenceSpan()).start())
        .isEqualTo("2026-11-13T12:00:00Z");
  }

  @Test
  void anOrdinaryHourIsNotSaidToHaveChanged() {
    traffic(false);

    DistributionAnswer answer = distribution("vad.clip_seconds", null);

    assertThat(Objects.requireNonNull(answer.comparison()).changed()).isFalse();
    assertThat(answer.bins()).hasSize(20);
    assertThat(answer.bins().stream().mapToDouble(DistributionAnswer.Bin::share).sum())
        .isCloseTo(1, within(1e-9));
    assertThat(answer.bins().stream().mapToDouble(DistributionAnswer.Bin::referenceShare).sum())
        .isCloseTo(1, within(1e-9));
    for (int i = 1; i < answer.bins().size(); i++) {
      assertThat(answer.bins().get(i).lower()).isEqualTo(answer.bins().get(i - 1).upper());
    }
  }

  @Test
  void aPinnedReferenceStaysWhatItWasWhenItsDataIsGone() {
    traffic(false);
    ReferenceMaker maker = new ReferenceMaker(catalogue, histories);
    StoredReference pinned =
        maker.store(
            reference(new Reference.Pinned(new TimeSpan(START, CHANGE)), "vad.clip_seconds"), END);

    DistributionAnswer now = distribution("vad.clip_seconds", pinned);
    SeriesQuery query =
        new SeriesQuery(
            catalogue.find("vad.clip_seconds"),
            LAST_HOUR,
            Duration.ofHours(1),
            List.of(Who.ALL),
            pinned);
    Band band = Objects.requireNonNull(points(series.read(query, END)).get(0).band());
    DistributionAnswer then =
        distributions.read(
            new DistributionQuery(
                catalogue.find("vad.clip_seconds"), LAST_HOUR, Who.ALL, 20, pinned),
            END.plus(Duration.ofDays(20)));

    assertThat(band.contains(2.0)).isTrue();
    assertThat(band.contains(3.0)).isFalse();
    assertThat(now.reference().count()).isGreaterThan(5_000);
    assertThat(then.reference().count()).isEqualTo(now.reference().count());
    assertThat(then.current().count()).isZero();
    assertThat(then.comparison()).isNull();
  }

  @Test
  void aMovingReferenceIsReadWhenItIsAskedFor() {
    traffic(true);
    StoredReference yesterday =
        new ReferenceMaker(catalogue, histories)
            .store(reference(new Reference.Moving(Rolling.HOUR_YESTERDAY), null), END);

    DistributionAnswer answer = distribution("vad.clip_seconds", yesterday);

    assertThat(yesterday.sums()).isEmpty();
    assertThat(Objects.requireNonNull(answer.referenceSpan()))
        .isEqualTo(
            new TimeSpan(
                Instant.parse("2026-11-19T12:00:00Z"), Instant.parse("2026-11-19T13:00:00Z")));
    assertThat(Objects.requireNonNull(answer.comparison()).changed()).isTrue();
  }

  /** Utterances that were sent: 4 to 40 in each quarter of an hour. */
  private long traffic(boolean wrong) {
    long sent = 0;
    for (Instant at = START; at.isBefore(END); at = at.plus(Duration.ofMinutes(15))) {
      double hour = at.atOffset(ZoneOffset.UTC).getHour();
      double level = 22 - 18 * Math.cos(2 * Math.PI * hour / 24);
      long count = Math.max(1, Math.round(level + Math.sqrt(level) * random.nextGaussian()));
      for (int i = 0; i < count; i++) {
        boolean bad = wrong && !at.isBefore(CHANGE);
        boolean empty = random.nextInt(1_000) < (bad ? 300 : 30);
        String id = "u-" + sent++;
        long millis = Math.round((bad ? 1_200 : 2_000) + 250 * random.nextGaussian());
        add(
            (empty ? TestRecords.empty(id) : TestRecords.answered(id))
                .clearSpeechDuration()
                .setClipDuration(Durations.fromMillis(Math.max(200, millis))),
            at.plusSeconds(900L * i / count));
      }
    }
    return sent;
  }

  private void add(UtteranceRecord.Builder utterance, Instant at) {
    utterances.add(TestRecords.read(TestRecords.at(at, utterance)), at);
  }

  private SeriesAnswer ask(String metric, TimeSpan span, @Nullable Duration step) {
    return series.read(query(metric, span, step), END);
  }

  private SeriesQuery query(String metric, TimeSpan span, @Nullable Duration step) {
    return new SeriesQuery(catalogue.find(metric), span, step, List.of(Who.ALL), null);
  }

  private DistributionAnswer distribution(String metric, @Nullable StoredReference reference) {
    Metric its = catalogue.find(metric);
    return distributions.read(new DistributionQuery(its, LAST_HOUR, Who.ALL, 20, reference), END);
  }

  private static Reference reference(Reference.Window window, @Nullable String metric) {
    return new Reference(
        "r-1", "release 1", window, Who.ALL, metric, new Reference.Made(END, "ops", ""));
  }

  private static List<Point> points(SeriesAnswer answer) {
    return answer.lines().get(0).points();
  }

  private static Point at(List<Point> points, String start) {
    return points.stream()
        .filter(point -> point.start().equals(Instant.parse(start)))
        .findFirst()
        .orElseThrow();
  }

  private static double width(Point point) {
    Band band = Objects.requireNonNull(point.band());
    return band.upper() - band.lower();
  }
}
