// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.dashboard;

import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import halfsecond.common.error.Reason;
import halfsecond.common.error.SpeechException;
import halfsecond.monitor.v1.Acknowledgement;
import halfsecond.monitor.v1.Alarm;
import halfsecond.monitor.v1.AlarmFilter;
import halfsecond.monitor.v1.Annotation;
import halfsecond.monitor.v1.CohortCount;
import halfsecond.monitor.v1.CohortDimension;
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
import halfsecond.monitor.v1.ListUtterancesRequest;
import halfsecond.monitor.v1.ListUtterancesResponse;
import halfsecond.monitor.v1.MonitorServiceGrpc;
import halfsecond.monitor.v1.QuerySeriesRequest;
import halfsecond.monitor.v1.QuerySeriesResponse;
import halfsecond.monitor.v1.UpdateAlarmRequest;
import halfsecond.monitor.v1.UpdateAlarmResponse;
import halfsecond.monitor.v1.UtteranceRecord;
import halfsecond.monitor.v1.WatchAlarmsRequest;
import halfsecond.monitor.v1.WatchAlarmsResponse;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Answers what a page asks with numbers that look like a pipeline's. Safe for use by any thread.
 */
final class ScriptedMonitor extends MonitorServiceGrpc.MonitorServiceImplBase {
  private final Map<String, Alarm> alarms = new LinkedHashMap<>();
  private final List<ServerCallStreamObserver<WatchAlarmsResponse>> watchers =
      new CopyOnWriteArrayList<>();
  private final AtomicLong sequence = new AtomicLong();
  private final Set<String> missing = ConcurrentHashMap.newKeySet();

  ScriptedMonitor() {
    ScriptedAlarms.all(Instant.now()).forEach(alarm -> alarms.put(alarm.getAlarmId(), alarm));
  }

  /** Methods that answer UNIMPLEMENTED from now on, in place of those of before. */
  void withhold(String... methods) {
    missing.clear();
    missing.addAll(List.of(methods));
  }

  /** Pages that follow the alarms. */
  int watching() {
    return watchers.size();
  }

  /** What an alarm is now. */
  Alarm alarm(String id) {
    synchronized (alarms) {
      return java.util.Objects.requireNonNull(alarms.get(id));
    }
  }

  /** Changes an alarm, or adds one, and tells the pages. */
  void put(Alarm alarm) {
    synchronized (alarms) {
      alarms.put(alarm.getAlarmId(), alarm);
    }
    WatchAlarmsResponse event =
        WatchAlarmsResponse.newBuilder()
            .setSequence(sequence.incrementAndGet())
            .setAlarm(alarm)
            .build();
    for (ServerCallStreamObserver<WatchAlarmsResponse> watcher : watchers) {
      synchronized (watcher) {
        watcher.onNext(event);
      }
    }
  }

  @Override
  public void getStageSummary(
      GetStageSummaryRequest request, StreamObserver<GetStageSummaryResponse> observer) {
    served("GetStageSummary");
    GetStageSummaryResponse.Builder response = GetStageSummaryResponse.newBuilder();
    List<String> versions =
        request.getModelVersion().isEmpty()
            ? List.of("", ScriptedNumbers.VERSIONS.get(0), ScriptedNumbers.VERSIONS.get(1))
            : List.of(request.getModelVersion());
    versions.forEach(
        version ->
            response.addSummaries(
                ScriptedFigures.summary(
                    request.getStage(),
                    request.getRange(),
                    version,
                    request.getCohort(),
                    request.getQuantileRanksList())));
    answer(observer, response.build());
  }

  @Override
  public void querySeries(
      QuerySeriesRequest request, StreamObserver<QuerySeriesResponse> observer) {
    served("QuerySeries");
    answer(observer, ScriptedFigures.series(request, Instant.now()));
  }

  @Override
  public void getDistribution(
      GetDistributionRequest request, StreamObserver<GetDistributionResponse> observer) {
    served("GetDistribution");
    answer(observer, ScriptedFigures.distribution(request));
  }

  @Override
  public void listCohorts(
      ListCohortsRequest request, StreamObserver<ListCohortsResponse> observer) {
    served("ListCohorts");
    ListCohortsResponse.Builder response = ListCohortsResponse.newBuilder();
    if (request.getDimension() == CohortDimension.COHORT_DIMENSION_DEVICE) {
      ScriptedNumbers.DEVICES.forEach(
          device ->
              response.addCohorts(
                  CohortCount.newBuilder()
                      .setCohort(ScriptedNumbers.device(device))
                      .setUtteranceCount(Math.round(41_300 * ScriptedFigures.share(device)))));
    }
    answer(observer, response.build());
  }

  @Override
  public void listMetrics(
      ListMetricsRequest request, StreamObserver<ListMetricsResponse> observer) {
    served("ListMetrics");
    ListMetricsResponse.Builder response = ListMetricsResponse.newBuilder();
    ScriptedNumbers.METRICS.forEach(metric -> response.addDeclarations(metric.declaration()));
    answer(observer, response.build());
  }

  @Override
  public void listUtterances(
      ListUtterancesRequest request, StreamObserver<ListUtterancesResponse> observer) {
    served("ListUtterances");
    ListUtterancesResponse.Builder response = ListUtterancesResponse.newBuilder();
    ScriptedUtterances.newest(Instant.now()).stream()
        .filter(
            record ->
                !request.getNullTranscriptsOnly() || record.getFinalOutcome().getNullTranscript())
        .filter(record -> !request.getRejectedOnly() || record.hasRejectedOutcome())
        .filter(
            record ->
                request.getSessionId().isEmpty()
                    || record.getSessionId().equals(request.getSessionId()))
        .filter(
            record ->
                Durations.compare(record.getLatency().getSent(), request.getMinimumLatency()) >= 0)
        .limit(request.getPageSize())
        .forEach(response::addRecords);
    answer(observer, response.build());
  }

  @Override
  public void getUtterance(
      GetUtteranceRequest request, StreamObserver<GetUtteranceResponse> observer) {
    served("GetUtterance");
    UtteranceRecord record =
        ScriptedUtterances.newest(Instant.now()).stream()
            .filter(one -> one.getUtteranceId().equals(request.getUtteranceId()))
            .findFirst()
            .orElseThrow(() -> new SpeechException(Reason.NOT_FOUND, "no such utterance"));
    answer(observer, ScriptedUtterances.one(record));
  }

  @Override
  public void listAlarms(ListAlarmsRequest request, StreamObserver<ListAlarmsResponse> observer) {
    served("ListAlarms");
    answer(
        observer,
        ListAlarmsResponse.newBuilder()
            .addAllAlarms(
                all().stream().filter(alarm -> matches(alarm, request.getFilter())).toList())
            .build());
  }

  @Override
  public void watchAlarms(
      WatchAlarmsRequest request, StreamObserver<WatchAlarmsResponse> observer) {
    served("WatchAlarms");
    ServerCallStreamObserver<WatchAlarmsResponse> watcher =
        (ServerCallStreamObserver<WatchAlarmsResponse>) observer;
    watcher.setOnCancelHandler(() -> watchers.remove(watcher));
    synchronized (watcher) {
      watchers.add(watcher);
      if (request.getResumeAfter() == 0) {
        all().stream()
            .filter(alarm -> alarm.getState() != Alarm.State.STATE_RESOLVED)
            .forEach(
                alarm ->
                    watcher.onNext(
                        WatchAlarmsResponse.newBuilder()
                            .setSequence(sequence.incrementAndGet())
                            .setAlarm(alarm)
                            .build()));
      }
    }
  }

  @Override
  public void updateAlarm(
      UpdateAlarmRequest request, StreamObserver<UpdateAlarmResponse> observer) {
    served("UpdateAlarm");
    Alarm.Builder alarm = alarm(request.getAlarmId()).toBuilder();
    if (!request.getEtag().equals(alarm.getEtag())) {
      throw new SpeechException(Reason.STATE_CONFLICT, "the alarm has changed");
    }
    com.google.protobuf.Timestamp now = Timestamps.fromMillis(System.currentTimeMillis());
    switch (request.getActionCase()) {
      case ACKNOWLEDGE ->
          alarm.setAcknowledgement(
              Acknowledgement.newBuilder().setActor(request.getActor()).setAcknowledgeTime(now));
      case ANNOTATE ->
          alarm.addAnnotations(
              Annotation.newBuilder()
                  .setActor(request.getActor())
                  .setAnnotateTime(now)
                  .setText(request.getAnnotate().getText()));
      case SNOOZE -> alarm.setSnoozedUntil(request.getSnooze().getUntilTime());
      case SILENCE -> alarm.setState(Alarm.State.STATE_SILENCED);
      case UNSILENCE -> alarm.setState(Alarm.State.STATE_FIRING);
      case ACTION_NOT_SET -> throw SpeechException.fieldInvalid("action", "set");
    }
    Alarm updated = alarm.setEtag(alarm.getEtag() + "'").build();
    put(updated);
    answer(observer, UpdateAlarmResponse.newBuilder().setAlarm(updated).build());
  }

  private List<Alarm> all() {
    synchronized (alarms) {
      return List.copyOf(alarms.values());
    }
  }

  private static boolean matches(Alarm alarm, AlarmFilter filter) {
    return (filter.getStatesCount() == 0 || filter.getStatesList().contains(alarm.getState()))
        && alarm.getSeverityValue() >= filter.getMinimumSeverityValue()
        && (filter.getStageValue() == 0 || filter.getStage() == alarm.getStage());
  }

  private void served(String method) {
    if (missing.contains(method)) {
      throw new SpeechException(Reason.UNIMPLEMENTED, "the method is not served here");
    }
  }

  private static <P> void answer(StreamObserver<P> observer, P response) {
    observer.onNext(response);
    observer.onCompleted();
  }
}
