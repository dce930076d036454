// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import halfsecond.common.concurrent.NamedThreads;
import halfsecond.common.error.Reason;
import halfsecond.common.rpc.ErrorInterceptor;
import halfsecond.common.rpc.Statuses;
import halfsecond.monitor.alarm.AlarmArchive;
import halfsecond.monitor.alarm.AlarmDesk;
import halfsecond.monitor.catalogue.BudgetShares;
import halfsecond.monitor.store.Store;
import halfsecond.monitor.store.TestStores;
import halfsecond.monitor.telemetry.MonitorMetrics;
import halfsecond.monitor.v1.CohortDimension;
import halfsecond.monitor.v1.CohortLabel;
import halfsecond.monitor.v1.EvaluateCandidateRequest;
import halfsecond.monitor.v1.GetStageSummaryRequest;
import halfsecond.monitor.v1.GetStageSummaryResponse;
import halfsecond.monitor.v1.MonitorServiceGrpc;
import halfsecond.monitor.v1.RefusedItem;
import halfsecond.monitor.v1.ReportUtterancesRequest;
import halfsecond.monitor.v1.Stage;
import halfsecond.monitor.v1.StageSummary;
import halfsecond.monitor.v1.TimeRange;
import halfsecond.monitor.v1.UtteranceRecord;
import halfsecond.monitor.window.SeriesLimits;
import halfsecond.monitor.window.UtteranceWindows;
import halfsecond.monitor.window.WindowLayout;
import halfsecond.speech.v1.ErrorReason;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.opentelemetry.api.metrics.MeterProvider;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every rule of the streams and of the summary, in-process. */
final class MonitorGrpcServiceTest {
  private static final int MOST_REPORTERS = 2;
  private static final WindowLayout LAYOUT =
      new WindowLayout(
          Duration.ofMinutes(1), Duration.ofHours(1), Duration.ofMinutes(15), Duration.ofHours(24));

  private final ExecutorService pool = NamedThreads.fixed("test-monitor", 2);
  private final UtteranceWindows windows =
      new UtteranceWindows(
          LAYOUT, new SeriesLimits(4, 4, 40), new BudgetShares(0.4, 0.1, 0.4, 0.1));
  private final MonitorMetrics metrics =
      new MonitorMetrics(MeterProvider.noop().get("test"), windows::seriesCount);
  private final Store store =
      TestStores.open(TestStores.inMemory(), () -> TestRecords.NOW, windows::addIfKept);
  private final MonitorGrpcService service =
      new TestServices(windows, LAYOUT, store, () -> TestRecords.NOW, pool)
          .service(
              new AlarmDesk(() -> TestRecords.NOW, AlarmArchive.NONE, 10), metrics, MOST_REPORTERS);
  private Server server;
  private ManagedChannel channel;

  @BeforeEach
  void start() throws IOException {
    String name = InProcessServerBuilder.generateName();
    server =
        InProcessServerBuilder.forName(name)
            .executor(pool)
            .addService(service)
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
  void acknowledgesEveryBatchBeforeTheStreamEnds() throws InterruptedException {
    Reporter reporter = Reporter.named("router-1", channel);
    reporter.batch(List.of(good("u-1"), good("u-2"))).batch(List.of()).batch(List.of(good("u-3")));

    assertThat(reporter.finish()).isEqualTo(Status.OK);
    assertThat(reporter.acknowledged()).isEqualTo(3);
    assertThat(reporter.accepted()).isEqualTo(3);
    assertThat(pipeline().getUtteranceCount()).isEqualTo(3);
  }

  @Test
  void sendingAgainOnANewStreamChangesNothing() throws InterruptedException {
    Reporter.named("router-1", channel).batch(List.of(good("u-1"), good("u-2"))).finish();

    Reporter again = Reporter.named("router-1", channel);
    again.batch(List.of(good("u-1"), good("u-2"), good("u-3"))).finish();

    assertThat(again.duplicates()).isEqualTo(2);
    assertThat(again.accepted()).isEqualTo(1);
    assertThat(pipeline().getUtteranceCount()).isEqualTo(3);
  }

  @Test
  void aBadRecordIsRefusedAloneAndNamed() throws InterruptedException {
    Reporter reporter = Reporter.named("router-1", channel);
    UtteranceRecord bad = TestRecords.answered("u-2").setSampleRateHertz(1).build();
    UtteranceRecord old = TestRecords.ago(Duration.ofDays(3), TestRecords.answered("u-3")).build();
    reporter.batch(List.of(good("u-1"), bad, old, good("u-4"))).finish();

    assertThat(reporter.accepted()).isEqualTo(2);
    List<RefusedItem> refused = reporter.acknowledgements().get(0).getRefusedList();
    assertThat(refused).extracting(RefusedItem::getIndex).containsExactly(1, 2);
    assertThat(refused)
        .extracting(RefusedItem::getField)
        .containsExactly("sample_rate_hertz", "event_time");
    assertThat(refused)
        .allSatisfy(
            item -> {
              assertThat(item.getSequence()).isEqualTo(1);
              assertThat(item.getReason()).isEqualTo(ErrorReason.ERROR_REASON_FIELD_INVALID);
              assertThat(item.getLimit()).isNotEmpty();
            });
  }

  @Test
  void theConfigComesFirst() throws InterruptedException {
    Reporter reporter = new Reporter(channel, true).batch(List.of(good("u-1")));

    assertEnds(reporter, Status.Code.INVALID_ARGUMENT, Reason.CONFIG_MISSING);
  }

  @Test
  void theConfigComesOnce() throws InterruptedException {
    Reporter reporter = Reporter.named("router-1", channel).config("router-1");

    assertEnds(reporter, Status.Code.INVALID_ARGUMENT, Reason.CONFIG_REPEATED);
  }

  @Test
  void anEmptyStreamIsRefused() throws InterruptedException {
    Reporter reporter = new Reporter(channel, true);
    reporter.finish();

    assertEnds(reporter, Status.Code.INVALID_ARGUMENT, Reason.CONFIG_MISSING);
  }

  @Test
  void aStreamWithoutBatchesEndsWell() throws InterruptedException {
    assertThat(Reporter.named("router-1", channel).finish()).isEqualTo(Status.OK);
  }

  @Test
  void anInstanceWithoutANameIsRefused() throws InterruptedException {
    assertEnds(Reporter.named("", channel), Status.Code.INVALID_ARGUMENT, Reason.FIELD_INVALID);
  }

  @Test
  void anEmptyMessageIsRefused() throws InterruptedException {
    Reporter reporter =
        Reporter.named("router-1", channel).send(ReportUtterancesRequest.getDefaultInstance());

    assertEnds(reporter, Status.Code.INVALID_ARGUMENT, Reason.FIELD_INVALID);
  }

  @Test
  void sequencesCountUpByOne() throws InterruptedException {
    Reporter reporter = Reporter.named("router-1", channel);
    reporter.batch(1, 0, List.of(good("u-1"))).batch(3, 0, List.of(good("u-2")));

    assertEnds(reporter, Status.Code.INVALID_ARGUMENT, Reason.FIELD_INVALID);
    assertThat(reporter.acknowledged()).isEqualTo(1);
    assertThat(pipeline().getUtteranceCount()).isEqualTo(1);
  }

  @Test
  void aBatchHasAtMost200Records() throws InterruptedException {
    Reporter reporter =
        Reporter.named("router-1", channel).batch(Collections.nCopies(201, good("u-1")));

    assertEnds(reporter, Status.Code.INVALID_ARGUMENT, Reason.FIELD_INVALID);
  }

  @Test
  void tooManyReportersAreTurnedAwayUntilOneLeaves() throws InterruptedException {
    Reporter first = open("router-1");
    Reporter second = open("router-2");

    Reporter third = Reporter.named("router-3", channel);
    assertEnds(third, Status.Code.RESOURCE_EXHAUSTED, Reason.SATURATED);
    first.finish();

    assertThat(Reporter.named("router-3", channel).finish()).isEqualTo(Status.OK);
    assertThat(second.finish()).isEqualTo(Status.OK);
  }

  @Test
  void aReporterThatVanishesMakesRoom() throws InterruptedException {
    open("router-1").cancel();
    open("router-2").cancel();

    // The server hears of it on threads of its own.
    await()
        .pollInterval(Duration.ofMillis(5))
        .untilAsserted(
            () -> assertThat(Reporter.named("router-3", channel).finish()).isEqualTo(Status.OK));
  }

  @Test
  void aReporterThatDoesNotReadIsNotAskedForMore() throws InterruptedException {
    Reporter reporter = new Reporter(channel, false).config("router-1");
    for (int i = 0; i < 50; i++) {
      reporter.batch(List.of(good("u-" + i)));
    }

    // In-process the server may write one answer ahead of the reads; then it waits.
    await()
        .pollInterval(Duration.ofMillis(5))
        .untilAsserted(() -> assertThat(pipeline().getUtteranceCount()).isPositive());
    assertThat(reporter.acknowledgements()).isEmpty();
    assertThat(pipeline().getUtteranceCount()).isLessThan(10);

    for (int i = 0; i < 51; i++) {
      reporter.read();
    }
    assertThat(reporter.finish()).isEqualTo(Status.OK);
    assertThat(reporter.acknowledged()).isEqualTo(50);
    assertThat(pipeline().getUtteranceCount()).isEqualTo(50);
  }

  @Test
  void drainingAcknowledgesWhatWasTakenAndSaysSo() throws InterruptedException {
    Reporter reporter = Reporter.named("router-1", channel).batch(List.of(good("u-1")));
    await()
        .pollInterval(Duration.ofMillis(5))
        .untilAsserted(() -> assertThat(reporter.acknowledged()).isEqualTo(1));

    service.drain();

    assertEnds(reporter, Status.Code.UNAVAILABLE, Reason.DRAINING);
    assertThat(reporter.accepted()).isEqualTo(1);
  }

  @Test
  void summarizesEveryVersionAfterAllTogether() throws InterruptedException {
    UtteranceRecord.Builder second = TestRecords.empty("u-2");
    second.getModelBuilder().setModelVersion("en-small@2");
    report(good("u-1"), second.build(), TestRecords.rejected("u-3").build());

    GetStageSummaryResponse response = summary(GetStageSummaryRequest.newBuilder());

    assertThat(response.getSummariesList())
        .extracting(StageSummary::getModelVersion)
        .containsExactly("", "en-small@1", "en-small@2", "none");
    StageSummary all = response.getSummaries(0);
    assertThat(all.getUtteranceCount()).isEqualTo(3);
    assertThat(all.getFinalCount()).isEqualTo(2);
    assertThat(all.getRejectedCount()).isEqualTo(1);
    assertThat(all.getNullTranscripts().getEvents()).isEqualTo(1);
    assertThat(all.getNullTranscripts().getTrials()).isEqualTo(2);
    assertThat(all.getNullTranscripts().getRate()).isEqualTo(0.5);
    assertThat(all.getRefusals(0).getReason()).isEqualTo("SATURATED");
    assertThat(all.getClipSeconds().getMean()).isEqualTo(2.0);
    assertThat(all.getLatencySeconds().getMean()).isEqualTo(0.08);
    assertThat(all.getTotalLatencySeconds().getMean()).isEqualTo(0.3);
    assertThat(all.getTotalLatencySeconds().getQuantilesList()).hasSize(4);
    assertThat(all.getStage()).isEqualTo(Stage.STAGE_ASR);
    assertThat(response.getSummaries(3).getNullTranscripts().hasRate()).isFalse();
  }

  @Test
  void summarizesOneVersionOneCohortAndOneRange() throws InterruptedException {
    UtteranceRecord old = TestRecords.ago(Duration.ofHours(5), TestRecords.answered("u-2")).build();
    report(good("u-1"), old);

    GetStageSummaryResponse response =
        summary(
            GetStageSummaryRequest.newBuilder()
                .setModelVersion("en-small@1")
                .setCohort(cohort("acme"))
                .setRange(
                    TimeRange.newBuilder()
                        .setStartTime(Times.timestamp(TestRecords.NOW.minus(Duration.ofHours(6))))
                        .setEndTime(Times.timestamp(TestRecords.NOW.minus(Duration.ofHours(4)))))
                .addQuantileRanks(0.99)
                .addQuantileRanks(0.5));

    StageSummary only = response.getSummaries(0);
    assertThat(response.getSummariesCount()).isEqualTo(1);
    assertThat(only.getModelVersion()).isEqualTo("en-small@1");
    assertThat(only.getFinalCount()).isEqualTo(1);
    assertThat(only.getClipSeconds().getQuantilesList())
        .extracting(halfsecond.monitor.v1.Quantile::getRank)
        .containsExactly(0.5, 0.99);
    assertThat(only.getCovered().getEndTime())
        .isEqualTo(Times.timestamp(TestRecords.NOW.minus(Duration.ofHours(4))));
  }

  @Test
  void reportsWhatReportersDropped() throws InterruptedException {
    Reporter.named("router-1", channel).batch(1, 7, List.of()).finish();

    assertThat(summary(GetStageSummaryRequest.newBuilder()).getDroppedRecords()).isEqualTo(7);
  }

  @Test
  void anEmptyMonitorAnswersWithZeroes() {
    StageSummary all = summary(GetStageSummaryRequest.newBuilder()).getSummaries(0);

    assertThat(all.getUtteranceCount()).isZero();
    assertThat(all.getClipSeconds().getCount()).isZero();
    assertThat(all.getClipSeconds().getQuantilesList()).isEmpty();
    assertThat(all.getNullTranscripts().hasRate()).isFalse();
  }

  @Test
  void whatHasNoDataIsNotFound() throws InterruptedException {
    report(good("u-1"));

    assertRefused(
        () -> summary(GetStageSummaryRequest.newBuilder().setModelVersion("en-small@9")),
        Status.Code.NOT_FOUND,
        Reason.NOT_FOUND);
    assertRefused(
        () -> summary(GetStageSummaryRequest.newBuilder().setCohort(cohort("nobody"))),
        Status.Code.NOT_FOUND,
        Reason.NOT_FOUND);
  }

  @Test
  void badQuestionsAreRefused() {
    TimeRange backwards =
        TimeRange.newBuilder()
            .setStartTime(Times.timestamp(TestRecords.NOW))
            .setEndTime(Times.timestamp(TestRecords.NOW.minusSeconds(1)))
            .build();
    List<GetStageSummaryRequest.Builder> bad =
        List.of(
            GetStageSummaryRequest.newBuilder().setStageValue(99),
            GetStageSummaryRequest.newBuilder().setStage(Stage.STAGE_UNSPECIFIED),
            GetStageSummaryRequest.newBuilder().setStage(Stage.STAGE_ASR).addQuantileRanks(1.5),
            GetStageSummaryRequest.newBuilder().setStage(Stage.STAGE_ASR).setRange(backwards),
            GetStageSummaryRequest.newBuilder()
                .setStage(Stage.STAGE_ASR)
                .setRange(TimeRange.getDefaultInstance()),
            GetStageSummaryRequest.newBuilder()
                .setStage(Stage.STAGE_ASR)
                .setCohort(CohortLabel.getDefaultInstance()),
            GetStageSummaryRequest.newBuilder().setStage(Stage.STAGE_ASR).setTrafficClassValue(9));

    for (GetStageSummaryRequest.Builder request : bad) {
      assertRefused(
          () -> blocking().getStageSummary(request.build()),
          Status.Code.INVALID_ARGUMENT,
          Reason.FIELD_INVALID);
    }
  }

  @Test
  void theRestOfTheContractIsUnimplementedAndSaysSo() {
    assertRefused(
        () -> blocking().evaluateCandidate(EvaluateCandidateRequest.getDefaultInstance()),
        Status.Code.UNIMPLEMENTED,
        Reason.UNIMPLEMENTED);
  }

  private Reporter open(String instance) {
    Reporter reporter = Reporter.named(instance, channel).batch(List.of());
    await()
        .pollInterval(Duration.ofMillis(5))
        .untilAsserted(() -> assertThat(reporter.acknowledged()).isEqualTo(1));
    return reporter;
  }

  private void report(UtteranceRecord... records) throws InterruptedException {
    Reporter reporter = Reporter.named("router-1", channel).batch(List.of(records));
    assertThat(reporter.finish()).isEqualTo(Status.OK);
    assertThat(reporter.accepted()).isEqualTo(records.length);
  }

  private StageSummary pipeline() {
    return blocking()
        .getStageSummary(GetStageSummaryRequest.newBuilder().setStage(Stage.STAGE_PIPELINE).build())
        .getSummaries(0);
  }

  private GetStageSummaryResponse summary(GetStageSummaryRequest.Builder request) {
    return blocking().getStageSummary(request.setStage(Stage.STAGE_ASR).build());
  }

  private MonitorServiceGrpc.MonitorServiceBlockingStub blocking() {
    return MonitorServiceGrpc.newBlockingStub(channel);
  }

  private static UtteranceRecord good(String id) {
    return TestRecords.answered(id).build();
  }

  private static CohortLabel cohort(String tenant) {
    return CohortLabel.newBuilder()
        .setDimension(CohortDimension.COHORT_DIMENSION_TENANT)
        .setValue(tenant)
        .build();
  }

  private static void assertEnds(Reporter reporter, Status.Code code, Reason reason)
      throws InterruptedException {
    assertThat(reporter.awaitEnd().getCode()).isEqualTo(code);
    assertThat(Statuses.reasonOf(reporter.failure())).isEqualTo(Optional.of(reason));
  }

  private static void assertRefused(ThrowingCallable call, Status.Code code, Reason reason) {
    assertThat(org.assertj.core.api.Assertions.catchThrowable(call))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            e -> {
              assertThat(e.getStatus().getCode()).isEqualTo(code);
              assertThat(Statuses.reasonOf(e)).isEqualTo(Optional.of(reason));
            });
  }
}
