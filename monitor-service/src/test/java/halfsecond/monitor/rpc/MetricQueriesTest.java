// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.Durations;
import halfsecond.common.concurrent.NamedThreads;
import halfsecond.common.error.Reason;
import halfsecond.common.rpc.ErrorInterceptor;
import halfsecond.common.rpc.Statuses;
import halfsecond.monitor.alarm.AlarmArchive;
import halfsecond.monitor.alarm.AlarmDesk;
import halfsecond.monitor.alarm.Reports;
import halfsecond.monitor.catalogue.BudgetShares;
import halfsecond.monitor.store.Store;
import halfsecond.monitor.store.TestStores;
import halfsecond.monitor.telemetry.MonitorMetrics;
import halfsecond.monitor.v1.Alarm;
import halfsecond.monitor.v1.CohortCount;
import halfsecond.monitor.v1.CohortDimension;
import halfsecond.monitor.v1.CohortLabel;
import halfsecond.monitor.v1.CreateReferenceRequest;
import halfsecond.monitor.v1.CreateReferenceResponse;
import halfsecond.monitor.v1.DeclareMetricRequest;
import halfsecond.monitor.v1.DeleteReferenceRequest;
import halfsecond.monitor.v1.GetDistributionRequest;
import halfsecond.monitor.v1.GetDistributionResponse;
import halfsecond.monitor.v1.ListCohortsRequest;
import halfsecond.monitor.v1.ListMetricsRequest;
import halfsecond.monitor.v1.ListReferencesRequest;
import halfsecond.monitor.v1.MetricDeclaration;
import halfsecond.monitor.v1.MetricDirection;
import halfsecond.monitor.v1.MetricKind;
import halfsecond.monitor.v1.MonitorServiceGrpc;
import halfsecond.monitor.v1.QuerySeriesRequest;
import halfsecond.monitor.v1.QuerySeriesResponse;
import halfsecond.monitor.v1.Reference;
import halfsecond.monitor.v1.RollingWindow;
import halfsecond.monitor.v1.Series;
import halfsecond.monitor.v1.SeriesPoint;
import halfsecond.monitor.v1.Stage;
import halfsecond.monitor.v1.TestKind;
import halfsecond.monitor.v1.TimeRange;
import halfsecond.monitor.v1.UtteranceRecord;
import halfsecond.monitor.window.SeriesLimits;
import halfsecond.monitor.window.TimeSpan;
import halfsecond.monitor.window.UtteranceWindows;
import halfsecond.monitor.window.WindowLayout;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.opentelemetry.api.metrics.MeterProvider;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the contract says of questions about metrics, and of references, in-process. */
final class MetricQueriesTest {
  private static final WindowLayout LAYOUT =
      new WindowLayout(
          List.of(
              new WindowLayout.Level(Duration.ofMinutes(1), Duration.ofHours(1)),
              new WindowLayout.Level(Duration.ofMinutes(15), Duration.ofHours(24)),
              new WindowLayout.Level(Duration.ofHours(1), Duration.ofDays(3))));

  private volatile Instant now = TestRecords.NOW;
  private final ExecutorService pool = NamedThreads.fixed("test-monitor", 2);
  private final UtteranceWindows windows =
      new UtteranceWindows(
          LAYOUT, new SeriesLimits(4, 4, 40), new BudgetShares(0.4, 0.1, 0.4, 0.1));
  private final MonitorMetrics metrics =
      new MonitorMetrics(MeterProvider.noop().get("test"), windows::seriesCount);
  private final Store store = TestStores.open(TestStores.inMemory(), () -> now, windows::addIfKept);
  private final AlarmDesk alarms = new AlarmDesk(() -> now, AlarmArchive.NONE, 10);
  private Server server;
  private ManagedChannel channel;

  @BeforeEach
  void start() throws IOException {
    String name = InProcessServerBuilder.generateName();
    server =
        InProcessServerBuilder.forName(name)
            .executor(pool)
            .addService(
                new TestServices(windows, LAYOUT, store, () -> now, pool)
                    .service(alarms, metrics, 2))
            .intercept(new ErrorInterceptor())
            .build()
            .start();
    channel = InProcessChannelBuilder.forName(name).build();
  }

  @AfterEach
  void stop() {
    channel.shutdownNow();
    server.shutdownNow();
    pool.shutdownNow();
    store.close();
    metrics.close();
  }

  @Test
  void aSeriesHasTheAlarmsThatAreAboutIt() {
    Instant before = Reports.NOW.minusSeconds(600);
    alarms.report(Reports.firing("named", "vad.clip_seconds", 0));
    alarms.report(Reports.firing("other", "vad.latency", 1));
    alarms.report(Reports.ofPhone("phone", "vad.clip_seconds", 2));
    alarms.report(Reports.resolved(Reports.firing("early", "vad.clip_seconds", -900), -700));
    alarms.report(Reports.pending("pending", "vad.clip_seconds", 3));
    alarms.report(Reports.cleared(Reports.pending("cleared", "vad.clip_seconds", 4), 5));
    now = Reports.NOW.plusSeconds(600);
    QuerySeriesRequest.Builder question =
        QuerySeriesRequest.newBuilder()
            .setMetric("vad.clip_seconds")
            .setRange(Times.range(new TimeSpan(before, now)));

    assertThat(series(question).getAlarmsList())
        .extracting(Alarm::getAlarmId)
        .containsExactly("pending", "named");
    question.addCohorts(
        CohortLabel.newBuilder()
            .setDimension(CohortDimension.COHORT_DIMENSION_DEVICE)
            .setValue("phone-9"));
    assertThat(series(question).getAlarmsList())
        .extracting(Alarm::getAlarmId)
        .containsExactly("pending", "phone", "named");
  }

  @Test
  void anAlarmIsMarkedOnAllThatItHasEvidenceOf() {
    alarms.report(
        Reports.withEvidenceOf(Reports.firing("a", "vad.clip_seconds", 0), "asr.confidence"));
    now = Reports.NOW.plusSeconds(600);

    QuerySeriesResponse response =
        series(
            QuerySeriesRequest.newBuilder()
                .setMetric("asr.confidence")
                .setRange(Times.range(new TimeSpan(Reports.NOW.minusSeconds(600), now))));

    assertThat(response.getAlarmsList()).extracting(Alarm::getAlarmId).containsExactly("a");
    assertThat(response.getAlarms(0).getTitle()).isEqualTo("vad.clip_seconds rose");
  }

  @Test
  void aSeriesHasTheMetricsNumberItsQuantilesAndItsDeclaration() {
    report(TestRecords.answered("u-1"), TestRecords.answered("u-2"));

    QuerySeriesResponse response =
        series(question("vad.clip_seconds").addQuantileRanks(0.9).addQuantileRanks(0.5));

    assertThat(response.getDeclaration().getKind()).isEqualTo(MetricKind.METRIC_KIND_DISTRIBUTION);
    assertThat(response.getStep()).isEqualTo(Durations.fromMinutes(1));
    Series only = response.getSeries(0);
    assertThat(only.getMetric()).isEqualTo("vad.clip_seconds");
    assertThat(only.getPointsCount()).isEqualTo(1);
    SeriesPoint point = only.getPoints(0);
    assertThat(point.getCount()).isEqualTo(2);
    assertThat(point.getValue()).isEqualTo(2.0);
    assertThat(point.getQuantilesList())
        .extracting(halfsecond.monitor.v1.Quantile::getRank)
        .containsExactly(0.5, 0.9);
    assertThat(point.hasExpectedLower()).isFalse();
    assertThat(response.getAlarmsList()).isEmpty();
  }

  @Test
  void versionsComeBeforeCohortsInTheOrderAskedFor() {
    report(TestRecords.answered("u-1"), TestRecords.empty("u-2"));

    List<Series> lines =
        series(
                question("asr.null_transcripts")
                    .addModelVersions("en-small@9")
                    .addModelVersions("en-small@1")
                    .addCohorts(tenant("acme")))
            .getSeriesList();

    assertThat(lines)
        .extracting(Series::getModelVersion)
        .containsExactly("en-small@9", "en-small@1", "");
    assertThat(lines.get(2).getCohort()).isEqualTo(tenant("acme"));
    assertThat(lines.get(0).getPointsCount()).isZero();
    assertThat(lines.get(1).getPoints(0).getValue()).isEqualTo(0.5);
    assertThat(lines.get(2).getPoints(0).getValue()).isEqualTo(0.5);
  }

  @Test
  void aDistributionStandsBesideTheSameHoursOfTheDayBefore() {
    for (int i = 0; i < 200; i++) {
      report(
          clip("u-" + i, 1_000 + i, Duration.ofMinutes(10)),
          clip("v-" + i, 2_000 + i, Duration.ofHours(24).plusMinutes(10)));
    }

    GetDistributionResponse response =
        blocking()
            .getDistribution(
                GetDistributionRequest.newBuilder()
                    .setMetric("vad.clip_seconds")
                    .setRange(lastHour())
                    .setBinCount(50)
                    .addQuantileRanks(0.5)
                    .build());

    assertThat(response.getCurrent().getCount()).isEqualTo(200);
    assertThat(response.getReference().getCount()).isEqualTo(200);
    assertThat(response.getCurrent().getQuantiles(0).getValueError()).isPositive();
    assertThat(response.getBinsCount()).isEqualTo(50);
    assertThat(response.getBins(0).getLower()).isEqualTo(1.0);
    assertThat(response.getBins(49).getUpper()).isEqualTo(2.199);
    assertThat(response.getBins(0).hasReferenceShare()).isTrue();
    assertThat(response.getEvidence().getTest()).isEqualTo(TestKind.TEST_KIND_KOLMOGOROV_SMIRNOV);
    assertThat(response.getEvidence().getStatistic()).isEqualTo(1.0);
    assertThat(response.getEvidence().getEffect()).isLessThan(-10);
    assertThat(response.getEvidence().getPValue()).isLessThan(1e-9);
    assertThat(response.getEvidence().getExplanation()).startsWith("It changed: mean 1.10 s now");
    assertThat(response.getEvidence().getCurrent().getCount()).isEqualTo(200);
  }

  @Test
  void withoutReferenceThereIsNoEvidence() {
    report(TestRecords.answered("u-1"));

    GetDistributionResponse response =
        blocking()
            .getDistribution(
                GetDistributionRequest.newBuilder()
                    .setMetric("vad.clip_seconds")
                    .setRange(lastHour())
                    .build());

    assertThat(response.hasReference()).isFalse();
    assertThat(response.hasEvidence()).isFalse();
    assertThat(response.getBinsCount()).isEqualTo(1);
    assertThat(response.getBins(0).getShare()).isEqualTo(1);
    assertThat(response.getBins(0).hasReferenceShare()).isFalse();
  }

  @Test
  void cohortsAreListedWithTheLargestFirstAndTheRestLast() {
    for (int i = 0; i < 6; i++) {
      UtteranceRecord.Builder utterance = TestRecords.answered("u-" + i);
      utterance.getCohortBuilder().setDevice(i < 2 ? "b" : i < 3 ? "a" : "c" + i);
      report(utterance);
    }
    report(TestRecords.answered("u-7").clearCohort());

    List<CohortCount> cohorts =
        blocking()
            .listCohorts(
                ListCohortsRequest.newBuilder()
                    .setDimension(CohortDimension.COHORT_DIMENSION_DEVICE)
                    .build())
            .getCohortsList();

    assertThat(cohorts)
        .extracting(cohort -> cohort.getCohort().getValue())
        .containsExactly("b", "a", "c3", "c4", "other");
    assertThat(cohorts)
        .extracting(CohortCount::getUtteranceCount)
        .containsExactly(2L, 1L, 1L, 1L, 2L);
  }

  @Test
  void aDeclaredMetricIsListedAndKept() {
    MetricDeclaration declared =
        blocking()
            .declareMetric(DeclareMetricRequest.newBuilder().setDeclaration(clicks()).build())
            .getDeclaration();

    assertThat(declared.getTest()).isEqualTo(TestKind.TEST_KIND_TWO_PROPORTIONS);
    assertThat(declared.getDirection()).isEqualTo(MetricDirection.METRIC_DIRECTION_DOWN_IS_WORSE);
    assertThat(declared.getBuiltIn()).isFalse();
    assertThat(
            blocking()
                .listMetrics(ListMetricsRequest.newBuilder().setStage(Stage.STAGE_PIPELINE).build())
                .getDeclarationsList())
        .contains(declared)
        .allMatch(it -> it.getStage() == Stage.STAGE_PIPELINE);
  }

  @Test
  void metricsThatNeverMoveAreListedOnceTheyWereWatchedForSoLong() {
    report(TestRecords.answered("u-1"), TestRecords.empty("u-2"));
    ListMetricsRequest unmoved =
        ListMetricsRequest.newBuilder().setUnmovedFor(Durations.fromHours(2)).build();
    assertThat(blocking().listMetrics(unmoved).getDeclarationsList()).isEmpty();

    now = TestRecords.NOW.plus(Duration.ofHours(1));
    assertThat(blocking().listMetrics(unmoved).getDeclarationsList()).isEmpty();
    report(TestRecords.at(now, TestRecords.answered("u-3")));
    now = TestRecords.NOW.plus(Duration.ofHours(2));

    assertThat(blocking().listMetrics(unmoved).getDeclarationsList())
        .extracting(MetricDeclaration::getMetric)
        .contains("vad.clip_seconds", "asr.cpu")
        .doesNotContain("asr.null_transcripts", "pipeline.utterances");
  }

  @Test
  void aPinnedReferenceIsStoredListedUsedAndDeleted() {
    report(TestRecords.answered("u-1"), TestRecords.answered("u-2"));
    Reference created = create(pinned()).getReference();

    GetDistributionResponse beside =
        blocking()
            .getDistribution(
                GetDistributionRequest.newBuilder()
                    .setMetric("vad.clip_seconds")
                    .setRange(lastHour())
                    .setReferenceId(created.getReferenceId())
                    .build());

    assertThat(created.getCreator()).isEqualTo("ops");
    assertThat(created.getComment()).isEqualTo("before the release");
    assertThat(beside.getReference().getCount()).isEqualTo(2);
    assertThat(beside.getEvidence().getReference().getReferenceId())
        .isEqualTo(created.getReferenceId());
    assertThat(
            blocking()
                .listReferences(ListReferencesRequest.newBuilder().setMetric("asr.cpu").build())
                .getReferencesList())
        .containsExactly(created);
    DeleteReferenceRequest delete =
        DeleteReferenceRequest.newBuilder()
            .setReferenceId(created.getReferenceId())
            .setActor("ops")
            .build();
    blocking().deleteReference(delete);
    assertRefused(
        () -> blocking().deleteReference(delete), Status.Code.NOT_FOUND, Reason.NOT_FOUND);
    assertThat(
            blocking()
                .listReferences(ListReferencesRequest.getDefaultInstance())
                .getReferencesList())
        .isEmpty();
  }

  @Test
  void aReferenceThatCannotBeKeptIsNotMade() {
    report(TestRecords.answered("u-1"));
    store.close();

    assertRefused(() -> create(pinned()), Status.Code.UNAVAILABLE, Reason.BACKEND_UNAVAILABLE);
    assertThat(
            blocking()
                .listReferences(ListReferencesRequest.getDefaultInstance())
                .getReferencesList())
        .isEmpty();
  }

  @Test
  void referencesOfOneMetricAreForItAlone() {
    report(TestRecords.answered("u-1"));
    Reference.Builder own = pinned().setMetric("asr.confidence").setModelVersion("en-small@1");
    String id = create(own).getReference().getReferenceId();

    assertRefused(
        () -> series(question("vad.clip_seconds").setReferenceId(id)),
        Status.Code.INVALID_ARGUMENT,
        Reason.FIELD_INVALID);
    assertThat(series(question("asr.confidence").setReferenceId(id)).getSeries(0).getPoints(0))
        .satisfies(point -> assertThat(point.hasExpectedLower()).isTrue());
    assertThat(
            blocking()
                .listReferences(ListReferencesRequest.newBuilder().setMetric("asr.cpu").build())
                .getReferencesList())
        .isEmpty();
  }

  @Test
  void referencesAreLimitedInNumber() {
    Reference.Builder moving =
        Reference.newBuilder()
            .setDisplayName("yesterday")
            .setRolling(RollingWindow.ROLLING_WINDOW_HOUR_YESTERDAY);
    for (int i = 0; i < 100; i++) {
      create(moving);
    }

    assertRefused(() -> create(moving), Status.Code.RESOURCE_EXHAUSTED, Reason.SATURATED);
  }

  @Test
  void whatIsNotThereIsNotFound() {
    assertRefused(() -> series(question("asr.mood")), Status.Code.NOT_FOUND, Reason.NOT_FOUND);
    assertRefused(
        () -> series(question("asr.cpu").setReferenceId("r-1")),
        Status.Code.NOT_FOUND,
        Reason.NOT_FOUND);
    assertRefused(
        () -> create(pinned().setMetric("asr.mood")), Status.Code.NOT_FOUND, Reason.NOT_FOUND);
  }

  @Test
  void badQuestionsAreRefused() {
    TimeRange week =
        TimeRange.newBuilder()
            .setStartTime(Times.timestamp(TestRecords.NOW.minus(Duration.ofDays(7))))
            .setEndTime(Times.timestamp(TestRecords.NOW))
            .build();
    List<ThrowingCallable> bad =
        List.of(
            () -> series(question("")),
            () -> series(question("asr.cpu").clearRange()),
            () -> series(question("asr.cpu").setStep(Durations.fromSeconds(30))),
            () -> series(question("asr.cpu").setRange(week).setStep(Durations.fromMinutes(1))),
            () -> series(question("asr.cpu").addQuantileRanks(1.01)),
            () -> series(question("asr.cpu").addModelVersions("")),
            () ->
                series(
                    question("asr.cpu").addAllModelVersions(Collections.nCopies(21, "en-small@1"))),
            () -> series(question("asr.cpu").addAllCohorts(Collections.nCopies(21, tenant("a")))),
            () -> distribution(GetDistributionRequest.newBuilder().setMetric("asr.cpu")),
            () ->
                distribution(
                    GetDistributionRequest.newBuilder()
                        .setMetric("vad.clip_seconds")
                        .setBinCount(201)),
            () ->
                distribution(
                    GetDistributionRequest.newBuilder()
                        .setMetric("vad.clip_seconds")
                        .setBinCount(-1)),
            () -> blocking().listCohorts(ListCohortsRequest.getDefaultInstance()),
            () ->
                blocking()
                    .listMetrics(
                        ListMetricsRequest.newBuilder()
                            .setUnmovedFor(Durations.fromSeconds(-1))
                            .build()),
            () -> declare(clicks().clearStage()),
            () -> declare(clicks().clearKind()),
            () -> declare(clicks().clearUnit()),
            () -> declare(clicks().setTestValue(99)),
            () -> blocking().declareMetric(DeclareMetricRequest.getDefaultInstance()),
            () -> create(pinned().clearDisplayName()),
            () -> create(pinned().clearWindow()),
            () -> create(pinned()),
            () ->
                blocking()
                    .createReference(
                        CreateReferenceRequest.newBuilder().setReference(pinned()).build()),
            () -> blocking().deleteReference(DeleteReferenceRequest.getDefaultInstance()));

    for (ThrowingCallable request : bad) {
      assertRefused(request, Status.Code.INVALID_ARGUMENT, Reason.FIELD_INVALID);
    }
  }

  @Test
  void aDeclarationThatContradictsAnEarlierOneIsRefused() {
    declare(clicks());

    assertRefused(
        () -> declare(clicks().setUnit("{click}")),
        Status.Code.FAILED_PRECONDITION,
        Reason.STATE_CONFLICT);
    assertRefused(
        () -> declare(clicks().setMetric("asr.null_transcripts")),
        Status.Code.FAILED_PRECONDITION,
        Reason.STATE_CONFLICT);
  }

  private void report(UtteranceRecord.Builder... records) {
    for (UtteranceRecord.Builder utterance : records) {
      windows.add(TestRecords.read(utterance), now);
    }
  }

  private QuerySeriesResponse series(QuerySeriesRequest.Builder request) {
    return blocking().querySeries(request.build());
  }

  private GetDistributionResponse distribution(GetDistributionRequest.Builder request) {
    return blocking().getDistribution(request.setRange(lastHour()).build());
  }

  private void declare(MetricDeclaration.Builder declaration) {
    MetricDeclaration declared =
        blocking()
            .declareMetric(DeclareMetricRequest.newBuilder().setDeclaration(declaration).build())
            .getDeclaration();
    assertThat(declared.getMetric()).isEqualTo(declaration.getMetric());
  }

  private CreateReferenceResponse create(Reference.Builder reference) {
    return blocking()
        .createReference(
            CreateReferenceRequest.newBuilder()
                .setReference(reference)
                .setActor("ops")
                .setComment("before the release")
                .build());
  }

  private MonitorServiceGrpc.MonitorServiceBlockingStub blocking() {
    return MonitorServiceGrpc.newBlockingStub(channel);
  }

  private static QuerySeriesRequest.Builder question(String metric) {
    return QuerySeriesRequest.newBuilder().setMetric(metric).setRange(lastHour());
  }

  private static TimeRange lastHour() {
    return TimeRange.newBuilder()
        .setStartTime(Times.timestamp(TestRecords.NOW.minus(Duration.ofMinutes(30))))
        .setEndTime(Times.timestamp(TestRecords.NOW))
        .build();
  }

  private static UtteranceRecord.Builder clip(String id, int millis, Duration age) {
    return TestRecords.ago(
        age,
        TestRecords.answered(id)
            .clearSpeechDuration()
            .setClipDuration(Durations.fromMillis(millis)));
  }

  private static Reference.Builder pinned() {
    return Reference.newBuilder().setDisplayName("release 1").setPinned(lastHour());
  }

  private static MetricDeclaration.Builder clicks() {
    return MetricDeclaration.newBuilder()
        .setMetric("search.click_through")
        .setStage(Stage.STAGE_PIPELINE)
        .setKind(MetricKind.METRIC_KIND_PROPORTION)
        .setUnit("1")
        .setDirection(MetricDirection.METRIC_DIRECTION_DOWN_IS_WORSE)
        .setDescription("Results that were clicked; falls when transcripts are wrong.");
  }

  private static CohortLabel tenant(String value) {
    return CohortLabel.newBuilder()
        .setDimension(CohortDimension.COHORT_DIMENSION_TENANT)
        .setValue(value)
        .build();
  }

  private static void assertRefused(ThrowingCallable call, Status.Code code, Reason reason) {
    assertThat(Assertions.catchThrowable(call))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            e -> {
              assertThat(e.getStatus().getCode()).isEqualTo(code);
              assertThat(Statuses.reasonOf(e)).isEqualTo(Optional.of(reason));
            });
  }
}
