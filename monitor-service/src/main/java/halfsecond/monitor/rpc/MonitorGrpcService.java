// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.rpc;

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
import halfsecond.monitor.v1.GetThresholdsRequest;
import halfsecond.monitor.v1.GetThresholdsResponse;
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
import halfsecond.monitor.v1.SetThresholdRequest;
import halfsecond.monitor.v1.SetThresholdResponse;
import halfsecond.monitor.v1.UpdateAlarmRequest;
import halfsecond.monitor.v1.UpdateAlarmResponse;
import halfsecond.monitor.v1.WatchAlarmsRequest;
import halfsecond.monitor.v1.WatchAlarmsResponse;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;

/**
 * Serves the contract. Methods that are not here answer {@code UNIMPLEMENTED}. Exceptions leave it
 * for the error-mapping interceptor of the server.
 */
public final class MonitorGrpcService extends MonitorServiceGrpc.MonitorServiceImplBase {
  private final ReportCalls reports;
  private final FeedbackIntake feedback;
  private final UtteranceLookup lookup;
  private final MetricCallSet metrics;
  private final AlarmCalls alarms;

  /** From the calls of which it consists. */
  public MonitorGrpcService(
      ReportCalls reports,
      FeedbackIntake feedback,
      UtteranceLookup lookup,
      MetricCallSet metrics,
      AlarmCalls alarms) {
    this.reports = reports;
    this.feedback = feedback;
    this.lookup = lookup;
    this.metrics = metrics;
    this.alarms = alarms;
  }

  /**
   * Ends the streams of all reporters once what was taken is acknowledged, and those of all who
   * watch. Returns without waiting for them.
   */
  public void drain() {
    reports.drain();
    alarms.drain();
  }

  /** Gives signs of life to those who watch; to be called every few seconds. */
  public void tick() {
    alarms.tick();
  }

  @Override
  public StreamObserver<ReportUtterancesRequest> reportUtterances(
      StreamObserver<ReportUtterancesResponse> observer) {
    return reports.utterances((ServerCallStreamObserver<ReportUtterancesResponse>) observer);
  }

  @Override
  public StreamObserver<ReportStageRequest> reportStage(
      StreamObserver<ReportStageResponse> observer) {
    return reports.stage((ServerCallStreamObserver<ReportStageResponse>) observer);
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
    answer(observer, metrics.summaries().get(request));
  }

  @Override
  public void querySeries(
      QuerySeriesRequest request, StreamObserver<QuerySeriesResponse> observer) {
    answer(observer, metrics.queries().querySeries(request));
  }

  @Override
  public void getDistribution(
      GetDistributionRequest request, StreamObserver<GetDistributionResponse> observer) {
    answer(observer, metrics.queries().getDistribution(request));
  }

  @Override
  public void listCohorts(
      ListCohortsRequest request, StreamObserver<ListCohortsResponse> observer) {
    answer(observer, metrics.queries().listCohorts(request));
  }

  @Override
  public void declareMetric(
      DeclareMetricRequest request, StreamObserver<DeclareMetricResponse> observer) {
    metrics.waiting().answer(observer, () -> metrics.declarations().declare(request));
  }

  @Override
  public void listMetrics(
      ListMetricsRequest request, StreamObserver<ListMetricsResponse> observer) {
    answer(observer, metrics.declarations().list(request));
  }

  @Override
  public void createReference(
      CreateReferenceRequest request, StreamObserver<CreateReferenceResponse> observer) {
    metrics.waiting().answer(observer, () -> metrics.references().create(request));
  }

  @Override
  public void listReferences(
      ListReferencesRequest request, StreamObserver<ListReferencesResponse> observer) {
    answer(observer, metrics.references().list(request));
  }

  @Override
  public void deleteReference(
      DeleteReferenceRequest request, StreamObserver<DeleteReferenceResponse> observer) {
    metrics.waiting().answer(observer, () -> metrics.references().delete(request));
  }

  @Override
  public void getThresholds(
      GetThresholdsRequest request, StreamObserver<GetThresholdsResponse> observer) {
    answer(observer, metrics.thresholds().get(request));
  }

  @Override
  public void setThreshold(
      SetThresholdRequest request, StreamObserver<SetThresholdResponse> observer) {
    metrics.waiting().answer(observer, () -> metrics.thresholds().set(request));
  }

  @Override
  public void listAlarms(ListAlarmsRequest request, StreamObserver<ListAlarmsResponse> observer) {
    answer(observer, alarms.list(request));
  }

  @Override
  public void updateAlarm(
      UpdateAlarmRequest request, StreamObserver<UpdateAlarmResponse> observer) {
    answer(observer, alarms.update(request));
  }

  @Override
  public void watchAlarms(
      WatchAlarmsRequest request, StreamObserver<WatchAlarmsResponse> observer) {
    alarms.watch(request, (ServerCallStreamObserver<WatchAlarmsResponse>) observer);
  }

  private static <P> void answer(StreamObserver<P> observer, P response) {
    observer.onNext(response);
    observer.onCompleted();
  }
}
