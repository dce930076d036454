// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.rpc;

import halfsecond.common.error.Reason;
import halfsecond.common.error.SpeechException;
import halfsecond.monitor.alarm.AlarmDesk;
import halfsecond.monitor.intake.DropLedger;
import halfsecond.monitor.intake.Intake;
import halfsecond.monitor.metric.MetricWindows;
import halfsecond.monitor.query.Histories;
import halfsecond.monitor.record.Stage;
import halfsecond.monitor.reference.References;
import halfsecond.monitor.telemetry.MonitorMetrics;
import halfsecond.monitor.v1.CreateReferenceRequest;
import halfsecond.monitor.v1.CreateReferenceResponse;
import halfsecond.monitor.v1.DeclareMetricRequest;
import halfsecond.monitor.v1.DeclareMetricResponse;
import halfsecond.monitor.v1.DeleteReferenceRequest;
import halfsecond.monitor.v1.DeleteReferenceResponse;
import halfsecond.monitor.v1.GetDistributionRequest;
import halfsecond.monitor.v1.GetDistributionResponse;
import halfsecond.monitor.v1.GetStageSummaryRequest;
import halfsecond.monitor.v1.GetStageSummaryResponse;
import halfsecond.monitor.v1.GetUtteranceRequest;
import halfsecond.monitor.v1.GetUtteranceResponse;
import halfsecond.monitor.v1.ListAlarmsRequest;
import halfsecond.monitor.v1.ListAlarmsResponse;
import halfsecond.monitor.v1.ListCohortsRequest;
import halfsecond.monitor.v1.ListCohortsResponse;
import halfsecond.monitor.v1.ListMetricsRequest;
import halfsecond.monitor.v1.ListMetricsResponse;
import halfsecond.monitor.v1.ListReferencesRequest;
import halfsecond.monitor.v1.ListReferencesResponse;
import halfsecond.monitor.v1.ListUtterancesRequest;
import halfsecond.monitor.v1.ListUtterancesResponse;
import halfsecond.monitor.v1.MonitorServiceGrpc;
import halfsecond.monitor.v1.QuerySeriesRequest;
import halfsecond.monitor.v1.QuerySeriesResponse;
import halfsecond.monitor.v1.ReportFeedbackRequest;
import halfsecond.monitor.v1.ReportFeedbackResponse;
import halfsecond.monitor.v1.ReportStageRequest;
import halfsecond.monitor.v1.ReportStageResponse;
import halfsecond.monitor.v1.ReportUtterancesRequest;
import halfsecond.monitor.v1.ReportUtterancesResponse;
import halfsecond.monitor.v1.StageSummary;
import halfsecond.monitor.v1.UpdateAlarmRequest;
import halfsecond.monitor.v1.UpdateAlarmResponse;
import halfsecond.monitor.v1.WatchAlarmsRequest;
import halfsecond.monitor.v1.WatchAlarmsResponse;
import halfsecond.monitor.window.Summary;
import halfsecond.monitor.window.SummaryQuery;
import halfsecond.monitor.window.UtteranceWindows;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;

/**
 * Serves the contract. Methods that are not here answer {@code UNIMPLEMENTED}. Exceptions leave it
 * for the error-mapping interceptor of the server.
 */
public final class MonitorGrpcService extends MonitorServiceGrpc.MonitorServiceImplBase {
  private final UtteranceWindows utterances;
  private final MetricWindows stages;
  private final Intake intake;
  private final DropLedger drops = new DropLedger();
  private final InstantSource clock;
  private final MonitorMetrics metrics;
  private final OpenCalls open;
  private final UtteranceLookup lookup;
  private final FeedbackIntake feedback;
  private final Executor pool;
  private final AlarmDesk alarms;
  private final AlarmCalls alarmCalls;
  private final Watchers watchers = new Watchers();
  private final QueryCalls queries;
  private final MetricCalls declarations;
  private final ReferenceCalls references;

  /**
   * @param mostReporters streams of reporters that may be open
   * @param pool runs the calls; owned by the caller
   */
  public MonitorGrpcService(
      UtteranceWindows utterances,
      MetricWindows stages,
      Intake intake,
      AlarmDesk alarms,
      InstantSource clock,
      MonitorMetrics metrics,
      int mostReporters,
      UtteranceLookup lookup,
      FeedbackIntake feedback,
      References references,
      Executor pool) {
    this.utterances = utterances;
    this.stages = stages;
    this.intake = intake;
    this.clock = clock;
    this.metrics = metrics;
    this.open = new OpenCalls(mostReporters);
    this.lookup = lookup;
    this.feedback = feedback;
    this.pool = pool;
    this.alarms = alarms;
    this.alarmCalls = new AlarmCalls(alarms, clock);
    Histories histories = new Histories(utterances, stages);
    this.queries = new QueryCalls(stages.catalogue(), histories, references, clock);
    this.declarations = new MetricCalls(stages.catalogue(), histories, clock);
    this.references = new ReferenceCalls(stages.catalogue(), histories, references, clock);
  }

  /**
   * Ends the streams of all reporters once what was taken is acknowledged, and those of all who
   * watch. Returns without waiting for them.
   */
  public void drain() {
    open.drain();
    watchers.forEach(WatchAlarmsCall::drain);
  }

  /** Gives signs of life to those who watch; to be called every few seconds. */
  public void tick() {
    watchers.forEach(WatchAlarmsCall::tick);
  }

  @Override
  public StreamObserver<ReportUtterancesRequest> reportUtterances(
      StreamObserver<ReportUtterancesResponse> observer) {
    return begun(
        new ReportUtterancesCall(intake, drops, clock, open, metrics, reporter(observer), pool));
  }

  @Override
  public StreamObserver<ReportStageRequest> reportStage(
      StreamObserver<ReportStageResponse> observer) {
    return begun(new ReportStageCall(stages, clock, open, metrics, reporter(observer), pool));
  }

  @Override
  public void reportFeedback(
      ReportFeedbackRequest request, StreamObserver<ReportFeedbackResponse> observer) {
    feedback.take(request, observer);
  }

  @Override
  public void listUtterances(
      ListUtterancesRequest request, StreamObserver<ListUtterancesResponse> observer) {
    lookup.list(request, observer);
  }

  @Override
  public void getUtterance(
      GetUtteranceRequest request, StreamObserver<GetUtteranceResponse> observer) {
    lookup.get(request, observer);
  }

  @Override
  public void getStageSummary(
      GetStageSummaryRequest request, StreamObserver<GetStageSummaryResponse> observer) {
    Instant now = clock.instant();
    Stage stage = EnumReader.stage(request.getStage());
    List<Double> ranks = SummaryReader.ranks(request);
    SummaryQuery query = SummaryReader.query(request, now);
    Summary summary = utterances.summarize(query, now);
    if (summary.byVersion().isEmpty() && (query.modelVersion() != null || query.cohort() != null)) {
      throw new SpeechException(
          Reason.NOT_FOUND,
          "no such model version or cohort in what is kept",
          Map.of("resource", "model_version or cohort"));
    }
    SummaryWriter writer = new SummaryWriter(stage, request.getStage(), summary.covered(), ranks);
    GetStageSummaryResponse.Builder response =
        GetStageSummaryResponse.newBuilder().setDroppedRecords(drops.total());
    if (query.modelVersion() == null) {
      StageSummary.Builder all = writer.write("", summary.all());
      if (query.cohort() == null) {
        stages
            .summarize(stage, query.span(), now)
            .forEach(metric -> all.addMetrics(writer.write(metric)));
      }
      response.addSummaries(all);
    }
    summary
        .byVersion()
        .forEach((version, cell) -> response.addSummaries(writer.write(version, cell)));
    answer(observer, response.build());
  }

  @Override
  public void querySeries(
      QuerySeriesRequest request, StreamObserver<QuerySeriesResponse> observer) {
    answer(observer, queries.querySeries(request));
  }

  @Override
  public void getDistribution(
      GetDistributionRequest request, StreamObserver<GetDistributionResponse> observer) {
    answer(observer, queries.getDistribution(request));
  }

  @Override
  public void listCohorts(
      ListCohortsRequest request, StreamObserver<ListCohortsResponse> observer) {
    answer(observer, queries.listCohorts(request));
  }

  @Override
  public void declareMetric(
      DeclareMetricRequest request, StreamObserver<DeclareMetricResponse> observer) {
    answer(observer, declarations.declare(request));
  }

  @Override
  public void listMetrics(
      ListMetricsRequest request, StreamObserver<ListMetricsResponse> observer) {
    answer(observer, declarations.list(request));
  }

  @Override
  public void createReference(
      CreateReferenceRequest request, StreamObserver<CreateReferenceResponse> observer) {
    answer(observer, references.create(request));
  }

  @Override
  public void listReferences(
      ListReferencesRequest request, StreamObserver<ListReferencesResponse> observer) {
    answer(observer, references.list(request));
  }

  @Override
  public void deleteReference(
      DeleteReferenceRequest request, StreamObserver<DeleteReferenceResponse> observer) {
    answer(observer, references.delete(request));
  }

  @Override
  public void listAlarms(ListAlarmsRequest request, StreamObserver<ListAlarmsResponse> observer) {
    answer(observer, alarmCalls.list(request));
  }

  @Override
  public void updateAlarm(
      UpdateAlarmRequest request, StreamObserver<UpdateAlarmResponse> observer) {
    answer(observer, alarmCalls.update(request));
  }

  @Override
  public void watchAlarms(
      WatchAlarmsRequest request, StreamObserver<WatchAlarmsResponse> observer) {
    new WatchAlarmsCall(
            request,
            alarms,
            clock,
            (ServerCallStreamObserver<WatchAlarmsResponse>) observer,
            pool,
            watchers)
        .begin();
  }

  private static <P> void answer(StreamObserver<P> observer, P response) {
    observer.onNext(response);
    observer.onCompleted();
  }

  private static <P> ServerCallStreamObserver<P> reporter(StreamObserver<P> observer) {
    return (ServerCallStreamObserver<P>) observer;
  }

  private static <Q, P> ReportCall<Q, P> begun(ReportCall<Q, P> call) {
    call.begin();
    return call;
  }
}
