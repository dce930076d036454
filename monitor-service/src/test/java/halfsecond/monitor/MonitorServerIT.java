// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import com.typesafe.config.ConfigFactory;
import halfsecond.common.error.Reason;
import halfsecond.common.lifecycle.StartException;
import halfsecond.common.rpc.Statuses;
import halfsecond.common.telemetry.Telemetry;
import halfsecond.monitor.rpc.Reporter;
import halfsecond.monitor.rpc.StageReport;
import halfsecond.monitor.rpc.TestRecords;
import halfsecond.monitor.telemetry.MonitorMetrics;
import halfsecond.monitor.telemetry.StoreMetrics;
import halfsecond.monitor.v1.CohortDimension;
import halfsecond.monitor.v1.CohortLabel;
import halfsecond.monitor.v1.CreateReferenceRequest;
import halfsecond.monitor.v1.DeclareMetricRequest;
import halfsecond.monitor.v1.DeleteReferenceRequest;
import halfsecond.monitor.v1.Feedback;
import halfsecond.monitor.v1.GetDistributionRequest;
import halfsecond.monitor.v1.GetDistributionResponse;
import halfsecond.monitor.v1.GetStageSummaryRequest;
import halfsecond.monitor.v1.GetThresholdsRequest;
import halfsecond.monitor.v1.GetThresholdsResponse;
import halfsecond.monitor.v1.ListCohortsRequest;
import halfsecond.monitor.v1.ListMetricsRequest;
import halfsecond.monitor.v1.ListReferencesRequest;
import halfsecond.monitor.v1.ListUtterancesRequest;
import halfsecond.monitor.v1.MetricDeclaration;
import halfsecond.monitor.v1.MetricKind;
import halfsecond.monitor.v1.MonitorServiceGrpc;
import halfsecond.monitor.v1.Proportion;
import halfsecond.monitor.v1.QuerySeriesRequest;
import halfsecond.monitor.v1.QuerySeriesResponse;
import halfsecond.monitor.v1.Reference;
import halfsecond.monitor.v1.ReportFeedbackRequest;
import halfsecond.monitor.v1.ReportStageResponse;
import halfsecond.monitor.v1.RollingWindow;
import halfsecond.monitor.v1.Series;
import halfsecond.monitor.v1.SeriesPoint;
import halfsecond.monitor.v1.SetThresholdRequest;
import halfsecond.monitor.v1.Stage;
import halfsecond.monitor.v1.StageSample;
import halfsecond.monitor.v1.StageSummary;
import halfsecond.monitor.v1.Threshold;
import halfsecond.monitor.v1.TimeRange;
import halfsecond.monitor.v1.UtteranceRecord;
import halfsecond.speech.v1.ErrorReason;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The monitor on a real port. */
final class MonitorServerIT {
  @RegisterExtension static final OpenTelemetryExtension OTEL = OpenTelemetryExtension.create();

  private MonitorServer server;
  private ManagedChannel channel;

  @TempDir private Path folder;

  @BeforeEach
  void start() {
    start(config(0, Map.of()));
  }

  private void start(MonitorConfig config) {
    server =
        MonitorServer.start(config, Telemetry.over(OTEL.getOpenTelemetry()), () -> TestRecords.NOW);
    channel =
        Grpc.newChannelBuilder("127.0.0.1:" + server.port(), InsecureChannelCredentials.create())
            .build();
  }

  @AfterEach
  void stop() {
    channel.shutdownNow();
    server.close();
  }

  /** 100,000 records of two versions with a known answer, some of them sent twice. */
  @Test
  void takesAHundredThousandRecordsAndAnswersRight() throws InterruptedException {
    int batches = 1_000;
    int batchSize = 100;
    int total = batches * batchSize;
    Random random = new Random(7);
    Reporter reporter = Reporter.named("router-1", channel);
    List<UtteranceRecord> last = List.of();
    long nulls = 0;
    for (int batch = 0; batch < batches; batch++) {
      List<UtteranceRecord> records = new ArrayList<>();
      for (int i = 0; i < batchSize; i++) {
        int number = batch * batchSize + i;
        boolean empty = random.nextInt(50) == 0;
        nulls += empty ? 1 : 0;
        records.add(utterance(number, empty, random).build());
      }
      int inFlight = batch - 20;
      // A sender bounds its own queue; gRPC's would grow.
      await()
          .pollInterval(Duration.ofMillis(1))
          .until(() -> !reporter.isOpen() || reporter.acknowledged() >= inFlight);
      reporter.batch(records);
      last = records;
    }
    assertThat(reporter.finish()).isEqualTo(Status.OK);
    Reporter again = Reporter.named("router-1", channel).batch(last);
    assertThat(again.finish()).isEqualTo(Status.OK);

    assertThat(reporter.accepted()).isEqualTo(total);
    assertThat(again.duplicates()).isEqualTo(batchSize);
    StageSummary all = all(Stage.STAGE_ASR);
    assertThat(all.getUtteranceCount()).isEqualTo(total);
    assertThat(all.getNullTranscripts().getEvents()).isEqualTo(nulls);
    assertThat(all.getClipSeconds().getMean()).isCloseTo(2.0, within(0.02));
    // Latency of recognition is uniform from 10 to 109 ms.
    assertThat(all.getLatencySeconds().getQuantiles(0).getValue()).isCloseTo(0.06, within(0.003));
    assertThat(all.getLatencySeconds().getQuantiles(3).getValue()).isCloseTo(0.108, within(0.002));
    assertThat(summaries(Stage.STAGE_ASR)).containsOnlyKeys("", "en-small@0", "en-small@1");
  }

  @Test
  void takesWhatServicesMeasure() throws Exception {
    List<ReportStageResponse> responses =
        StageReport.send(
            channel,
            "asr-0",
            List.of(
                sample("asr.cpu").setReading(1.5).build(),
                sample("asr.errors").setIncrement(2).build(),
                sample("asr.mood").setReading(1).build(),
                sample("deliver.partials_dropped")
                    .setProportion(Proportion.newBuilder().setEvents(1).setTrials(4))
                    .build()));

    assertThat(responses).hasSize(1);
    assertThat(responses.get(0).getAcceptedCount()).isEqualTo(3);
    assertThat(responses.get(0).getRefused(0).getReason())
        .isEqualTo(ErrorReason.ERROR_REASON_NOT_FOUND);
    StageSummary asr = all(Stage.STAGE_ASR);
    assertThat(asr.getMetricsList())
        .extracting(halfsecond.monitor.v1.MetricSummary::getMetric)
        .containsExactly("asr.cpu", "asr.errors");
    assertThat(asr.getMetrics(0).getLatest(0).getValue()).isEqualTo(1.5);
    assertThat(asr.getMetrics(1).getSum()).isEqualTo(2);
    assertThat(all(Stage.STAGE_DELIVER).getMetrics(0).getProportion().getRate()).isEqualTo(0.25);
  }

  @Test
  void answersQuestionsAboutMetrics() throws InterruptedException {
    List<UtteranceRecord> records = new ArrayList<>();
    Random random = new Random(5);
    for (int i = 0; i < 150; i++) {
      records.add(utterance(i, i % 10 == 0, random).build());
    }
    assertThat(Reporter.named("router-1", channel).batch(records).finish()).isEqualTo(Status.OK);
    MonitorServiceGrpc.MonitorServiceBlockingStub blocking =
        MonitorServiceGrpc.newBlockingStub(channel);
    MetricDeclaration.Builder declaration =
        MetricDeclaration.newBuilder()
            .setMetric("search.depth")
            .setStage(Stage.STAGE_PIPELINE)
            .setKind(MetricKind.METRIC_KIND_GAUGE)
            .setUnit("1")
            .setDescription("How deep the search goes.");
    MetricDeclaration declared =
        blocking
            .declareMetric(DeclareMetricRequest.newBuilder().setDeclaration(declaration).build())
            .getDeclaration();

    QuerySeriesResponse nulls =
        blocking.querySeries(
            QuerySeriesRequest.newBuilder()
                .setMetric("asr.null_transcripts")
                .setRange(lastHour())
                .setStep(Durations.fromHours(1))
                .build());
    GetDistributionResponse clips =
        blocking.getDistribution(
            GetDistributionRequest.newBuilder()
                .setMetric("vad.clip_seconds")
                .setRange(lastHour())
                .build());

    assertThat(nulls.getSeries(0).getPointsList().stream().mapToLong(SeriesPoint::getCount).sum())
        .isEqualTo(150);
    assertThat(clips.getCurrent().getCount()).isEqualTo(150);
    assertThat(clips.getBinsCount()).isEqualTo(20);
    assertThat(blocking.listMetrics(ListMetricsRequest.getDefaultInstance()).getDeclarationsList())
        .contains(declared);
    assertThat(
            blocking
                .listCohorts(
                    ListCohortsRequest.newBuilder()
                        .setDimension(CohortDimension.COHORT_DIMENSION_DEVICE)
                        .build())
                .getCohortsList())
        .hasSize(17);
  }

  @Test
  void closingEndsReportersWithDraining() throws InterruptedException {
    Reporter reporter =
        Reporter.named("router-1", channel).batch(List.of(TestRecords.answered("u-1").build()));
    await().pollInterval(Duration.ofMillis(5)).until(() -> reporter.acknowledged() == 1);

    server.close();

    assertThat(reporter.awaitEnd().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(Statuses.reasonOf(reporter.failure())).isEqualTo(Optional.of(Reason.DRAINING));
  }

  @Test
  void knowsAfterARestartWhatItKnewBefore() throws InterruptedException {
    MonitorConfig kept = config(0, Map.of("halfsecond.monitor.store.directory", folder.toString()));
    List<UtteranceRecord> records = new ArrayList<>();
    Random random = new Random(7);
    // So few that quantiles are exact.
    for (int i = 0; i < 60; i++) {
      records.add(utterance(i, i % 10 == 0, random).build());
    }
    StageSummary before = restarted(kept, records);

    StageSummary after = restarted(kept, records.subList(0, 20));

    assertThat(before.getUtteranceCount()).isEqualTo(60);
    assertThat(after).isEqualTo(before);
    assertThat(
            MonitorServiceGrpc.newBlockingStub(channel)
                .listUtterances(ListUtterancesRequest.newBuilder().setPageSize(200).build())
                .getRecordsList())
        .hasSize(60);
  }

  @Test
  void knowsAfterARestartWhatPeopleAndServicesDecided() throws InterruptedException {
    MonitorConfig kept = config(0, Map.of("halfsecond.monitor.store.directory", folder.toString()));
    List<UtteranceRecord> records = new ArrayList<>();
    Random random = new Random(9);
    for (int i = 0; i < 100; i++) {
      records.add(utterance(i, i % 10 == 0, random).build());
    }
    StageSummary unused = restarted(kept, records);
    MonitorServiceGrpc.MonitorServiceBlockingStub before =
        MonitorServiceGrpc.newBlockingStub(channel);
    Reference pinned =
        before
            .createReference(
                reference("release 1")
                    .setReference(named("release 1").setPinned(lastHour()))
                    .build())
            .getReference();
    Reference rolling =
        before
            .createReference(
                reference("yesterday")
                    .setReference(
                        named("yesterday")
                            .setRolling(RollingWindow.ROLLING_WINDOW_HOUR_YESTERDAY)
                            .setMetric("asr.confidence"))
                    .build())
            .getReference();
    Reference deleted =
        before
            .createReference(
                reference("a mistake")
                    .setReference(
                        named("a mistake").setRolling(RollingWindow.ROLLING_WINDOW_LAST_WEEK))
                    .build())
            .getReference();
    before.deleteReference(
        DeleteReferenceRequest.newBuilder()
            .setReferenceId(deleted.getReferenceId())
            .setActor("ops")
            .build());
    MetricDeclaration declared =
        before
            .declareMetric(
                DeclareMetricRequest.newBuilder()
                    .setDeclaration(
                        MetricDeclaration.newBuilder()
                            .setMetric("search.depth")
                            .setStage(Stage.STAGE_PIPELINE)
                            .setKind(MetricKind.METRIC_KIND_GAUGE)
                            .setUnit("1")
                            .setDescription("How deep the search goes."))
                    .build())
            .getDeclaration();

    stop();
    start(kept);

    MonitorServiceGrpc.MonitorServiceBlockingStub after =
        MonitorServiceGrpc.newBlockingStub(channel);
    assertThat(after.listReferences(ListReferencesRequest.getDefaultInstance()).getReferencesList())
        .containsExactlyInAnyOrder(pinned, rolling);
    assertThat(after.listMetrics(ListMetricsRequest.getDefaultInstance()).getDeclarationsList())
        .contains(declared);
    assertThat(
            after
                .getDistribution(
                    GetDistributionRequest.newBuilder()
                        .setMetric("vad.clip_seconds")
                        .setRange(lastHour())
                        .setReferenceId(pinned.getReferenceId())
                        .build())
                .getReference()
                .getCount())
        .isEqualTo(100);
  }

  @Test
  void whatUsersDoIsAMetricOfTheVersionAndCohortThatTheyDidItWith() throws InterruptedException {
    MonitorConfig kept = config(0, Map.of("halfsecond.monitor.store.directory", folder.toString()));
    List<UtteranceRecord> records = new ArrayList<>();
    Random random = new Random(11);
    for (int i = 0; i < 100; i++) {
      records.add(utterance(i, false, random).build());
    }
    stop();
    start(kept);
    // Some come before their records, some after, some twice, some of one kind again.
    react(Feedback.Kind.KIND_REDO, "a", 1, 3, 5);
    assertThat(Reporter.named("router-1", channel).batch(records).finish()).isEqualTo(Status.OK);
    react(Feedback.Kind.KIND_REDO, "a", 1, 3, 5);
    react(Feedback.Kind.KIND_REDO, "b", 5, 7, 8);
    react(Feedback.Kind.KIND_CLICK_THROUGH, "c", 2, 4);

    List<Series> before = redos();
    assertThat(before.get(0).getPoints(0).getCount()).isEqualTo(50);
    assertThat(before.get(0).getPoints(0).getValue()).as("of en-small@0").isEqualTo(1 / 50.0);
    assertThat(before.get(1).getPoints(0).getValue()).as("of en-small@1").isEqualTo(4 / 50.0);

    stop();
    start(kept);
    assertThat(redos()).isEqualTo(before);
    assertThat(
            MonitorServiceGrpc.newBlockingStub(channel)
                .querySeries(
                    QuerySeriesRequest.newBuilder()
                        .setMetric("pipeline.redos")
                        .setRange(lastHour())
                        .setStep(Durations.fromHours(1))
                        .addCohorts(
                            CohortLabel.newBuilder()
                                .setDimension(CohortDimension.COHORT_DIMENSION_DEVICE)
                                .setValue("device-3"))
                        .build())
                .getSeries(0)
                .getPoints(0)
                .getValue())
        .isEqualTo(1);
  }

  private List<Series> redos() {
    return MonitorServiceGrpc.newBlockingStub(channel)
        .querySeries(
            QuerySeriesRequest.newBuilder()
                .setMetric("pipeline.redos")
                .setRange(lastHour())
                .setStep(Durations.fromHours(1))
                .addModelVersions("en-small@0")
                .addModelVersions("en-small@1")
                .build())
        .getSeriesList();
  }

  private void react(Feedback.Kind kind, String prefix, int... utterances) {
    ReportFeedbackRequest.Builder request = ReportFeedbackRequest.newBuilder();
    for (int utterance : utterances) {
      request.addFeedback(
          Feedback.newBuilder()
              .setFeedbackId(prefix + "-" + utterance)
              .setUtteranceId("u-" + utterance)
              .setEventTime(TestRecords.answered("x").getEventTime())
              .setKind(kind));
    }
    assertThat(
            MonitorServiceGrpc.newBlockingStub(channel)
                .reportFeedback(request.build())
                .getRefusedList())
        .isEmpty();
  }

  @Test
  void thresholdsAndTheirHistorySurviveARestart() {
    MonitorConfig kept = config(0, Map.of("halfsecond.monitor.store.directory", folder.toString()));
    stop();
    start(kept);
    Threshold set =
        MonitorServiceGrpc.newBlockingStub(channel)
            .setThreshold(
                SetThresholdRequest.newBuilder()
                    .setThreshold(
                        Threshold.newBuilder()
                            .setMetric("asr.null_transcripts")
                            .setMinimumEffect(0.05)
                            .setHold(Durations.fromMinutes(5)))
                    .setActor("ops")
                    .setComment("known noise")
                    .build())
            .getThreshold();
    GetThresholdsRequest all = GetThresholdsRequest.newBuilder().setIncludeHistory(true).build();
    GetThresholdsResponse before = MonitorServiceGrpc.newBlockingStub(channel).getThresholds(all);

    stop();
    start(kept);

    GetThresholdsResponse after = MonitorServiceGrpc.newBlockingStub(channel).getThresholds(all);
    assertThat(after).isEqualTo(before);
    assertThat(after.getThresholdsList()).contains(set);
    assertThat(after.getHistoryCount()).isEqualTo(1);
    assertThat(after.getHistory(0).getActor()).isEqualTo("ops");
  }

  private static Reference.Builder named(String name) {
    return Reference.newBuilder().setDisplayName(name);
  }

  private static CreateReferenceRequest.Builder reference(String why) {
    return CreateReferenceRequest.newBuilder().setActor("ops").setComment(why);
  }

  /** Another monitor in place of the one before, which has taken the records. */
  private StageSummary restarted(MonitorConfig config, List<UtteranceRecord> records)
      throws InterruptedException {
    stop();
    start(config);
    Reporter reporter = Reporter.named("router-1", channel).batch(records);
    assertThat(reporter.finish()).isEqualTo(Status.OK);
    return all(Stage.STAGE_PIPELINE);
  }

  @Test
  void aPortInUseIsSaidInOneLine() {
    assertThatExceptionOfType(StartException.class)
        .isThrownBy(() -> MonitorServer.start(config(server.port(), Map.of()), Telemetry.noop()))
        .withMessageContaining(Integer.toString(server.port()));
  }

  @Test
  void exposesExactlyItsMetrics() throws InterruptedException {
    UtteranceRecord bad = TestRecords.answered("u-2").setSampleRateHertz(1).build();
    Reporter.named("router-1", channel)
        .batch(1, 3, List.of(TestRecords.answered("u-1").build(), bad))
        .finish();

    Set<String> names =
        OTEL.getMetrics().stream()
            .map(MetricData::getName)
            .filter(name -> name.startsWith("halfsecond."))
            .collect(Collectors.toSet());

    assertThat(names)
        .containsExactlyInAnyOrder(
            MonitorMetrics.RECEIVED,
            MonitorMetrics.LAG,
            MonitorMetrics.REPORTERS,
            MonitorMetrics.DROPPED,
            MonitorMetrics.SERIES,
            StoreMetrics.COMMIT,
            StoreMetrics.WRITTEN,
            StoreMetrics.WAITING,
            StoreMetrics.RECORDS);
  }

  private static UtteranceRecord.Builder utterance(int number, boolean empty, Random random) {
    int decoded = 210 + 10 + number % 100;
    UtteranceRecord.Builder utterance =
        (empty ? TestRecords.empty("u-" + number) : TestRecords.answered("u-" + number))
            .setClipDuration(Durations.fromMillis(1_700 + random.nextInt(601)))
            .setLatency(
                TestRecords.latency(200, 210, decoded, decoded + 5)
                    .setBudget(Durations.fromMillis(500)));
    utterance.getModelBuilder().setModelVersion("en-small@" + number % 2);
    utterance.getCohortBuilder().setDevice("device-" + number % 200);
    return TestRecords.ago(Duration.ofSeconds(number % 3_000), utterance);
  }

  private Map<String, StageSummary> summaries(Stage stage) {
    return MonitorServiceGrpc.newBlockingStub(channel)
        .getStageSummary(GetStageSummaryRequest.newBuilder().setStage(stage).build())
        .getSummariesList()
        .stream()
        .collect(Collectors.toMap(StageSummary::getModelVersion, summary -> summary));
  }

  private StageSummary all(Stage stage) {
    return java.util.Objects.requireNonNull(summaries(stage).get(""));
  }

  private static TimeRange lastHour() {
    return TimeRange.newBuilder()
        .setStartTime(Timestamps.fromMillis(TestRecords.NOW.minusSeconds(3_600).toEpochMilli()))
        .setEndTime(Timestamps.fromMillis(TestRecords.NOW.plusSeconds(60).toEpochMilli()))
        .build();
  }

  private static StageSample.Builder sample(String metric) {
    return StageSample.newBuilder()
        .setMetric(metric)
        .setSampleTime(TestRecords.answered("x").getEventTime());
  }

  private static MonitorConfig config(int port, Map<String, String> more) {
    return MonitorConfig.load(
        ConfigFactory.parseMap(
                Map.of(
                    "halfsecond.monitor.server.port", port, "halfsecond.monitor.dashboard.port", 0))
            .withFallback(ConfigFactory.parseMap(more))
            .withFallback(ConfigFactory.load()));
  }
}
