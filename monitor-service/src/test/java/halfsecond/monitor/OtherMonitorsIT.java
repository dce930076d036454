// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import halfsecond.common.error.Reason;
import halfsecond.common.rpc.Statuses;
import halfsecond.monitor.v1.Acknowledge;
import halfsecond.monitor.v1.Alarm;
import halfsecond.monitor.v1.CreateReferenceRequest;
import halfsecond.monitor.v1.DeclareMetricRequest;
import halfsecond.monitor.v1.GetThresholdsRequest;
import halfsecond.monitor.v1.ListMetricsRequest;
import halfsecond.monitor.v1.ListReferencesRequest;
import halfsecond.monitor.v1.MetricDeclaration;
import halfsecond.monitor.v1.MetricKind;
import halfsecond.monitor.v1.MetricSummary;
import halfsecond.monitor.v1.MonitorServiceGrpc.MonitorServiceBlockingStub;
import halfsecond.monitor.v1.Reference;
import halfsecond.monitor.v1.RollingWindow;
import halfsecond.monitor.v1.SetThresholdRequest;
import halfsecond.monitor.v1.Stage;
import halfsecond.monitor.v1.StageSample;
import halfsecond.monitor.v1.Threshold;
import halfsecond.monitor.v1.UpdateAlarmRequest;
import io.grpc.StatusRuntimeException;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Two monitors on one PostgreSQL know what people decided at either. */
final class OtherMonitorsIT {
  @Test
  void whatIsDecidedAtOneHoldsAtTheOther() throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start();
        RunningMonitor left = RunningMonitor.sharing(postgres);
        RunningMonitor right = RunningMonitor.sharing(postgres)) {
      MonitorServiceBlockingStub one = left.stub();
      MonitorServiceBlockingStub other = right.stub();
      Threshold set = decide(one);
      SetThresholdRequest knowing = muting("asr.confidence").setEtag(set.getEtag()).build();
      Threshold again = other.setThreshold(knowing).getThreshold();
      assertThat(again.getEtag()).isNotEqualTo(set.getEtag());
      assertThatExceptionOfType(StatusRuntimeException.class)
          .as("before either has looked for what the other was told")
          .isThrownBy(() -> one.setThreshold(knowing))
          .satisfies(e -> assertThat(Statuses.reasonOf(e)).contains(Reason.STATE_CONFLICT));
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(
              () -> {
                assertThat(
                        other
                            .listReferences(ListReferencesRequest.getDefaultInstance())
                            .getReferencesList())
                    .hasSize(1);
                assertThat(
                        other
                            .listMetrics(ListMetricsRequest.getDefaultInstance())
                            .getDeclarationsList())
                    .extracting(MetricDeclaration::getMetric)
                    .contains("search.depth");
                assertThat(
                        other
                            .getThresholds(
                                GetThresholdsRequest.newBuilder()
                                    .setMetric("asr.confidence")
                                    .build())
                            .getThresholds(0)
                            .getMuted())
                    .isTrue();
              });
    }
  }

  @Test
  void whatServicesReportToEitherAddsUpAtBoth() throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start();
        RunningMonitor left = RunningMonitor.sharing(postgres);
        RunningMonitor right = RunningMonitor.sharing(postgres)) {
      left.report("asr-0", errors(2));
      right.report("asr-1", errors(5));
      RunningMonitor.exchange(left, right);

      assertThat(sum(left)).isEqualTo(7);
      assertThat(sum(right)).isEqualTo(7);
    }
  }

  @Test
  void whoHasSeenAnAlarmAtOneHasSeenItAtTheOther() throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start();
        RunningMonitor left = RunningMonitor.sharing(postgres);
        RunningMonitor right = RunningMonitor.sharing(postgres)) {
      RunningMonitor.forward(Duration.ofMinutes(5), left, right);
      left.report("asr-0", errors(2));
      RunningMonitor.exchange(left, right);
      // So long after the step that what it is about has come.
      RunningMonitor.forward(Duration.ofMinutes(5).plusSeconds(30), left, right);
      Alarm alarm = left.awaitAlarm(Alarm.State.STATE_FIRING);
      assertThat(right.awaitAlarm(Alarm.State.STATE_FIRING).getAlarmId())
          .isEqualTo(alarm.getAlarmId());

      UpdateAlarmRequest.Builder seen =
          UpdateAlarmRequest.newBuilder()
              .setAlarmId(alarm.getAlarmId())
              .setEtag(alarm.getEtag())
              .setActor("eve")
              .setAcknowledge(Acknowledge.newBuilder().setComment("looking"));
      Alarm updated = right.stub().updateAlarm(seen.build()).getAlarm();
      await("the other")
          .atMost(Duration.ofSeconds(60))
          .until(() -> left.alarms().get(0).hasAcknowledgement());
      assertThat(left.alarms().get(0).getAnnotationsList()).isEqualTo(updated.getAnnotationsList());
      assertThat(left.alarms().get(0).getEtag()).isEqualTo(updated.getEtag());
    }
  }

  private static StageSample.Builder errors(double more) {
    return StageSample.newBuilder().setMetric("asr.errors").setIncrement(more);
  }

  private static double sum(RunningMonitor monitor) {
    return monitor.measured(Stage.STAGE_ASR).stream().mapToDouble(MetricSummary::getSum).sum();
  }

  private static SetThresholdRequest.Builder muting(String metric) {
    return SetThresholdRequest.newBuilder()
        .setThreshold(Threshold.newBuilder().setMetric(metric).setMuted(true))
        .setActor("ops")
        .setComment("known noise");
  }

  private static Threshold decide(MonitorServiceBlockingStub stub) {
    var unused =
        stub.createReference(
            CreateReferenceRequest.newBuilder()
                .setActor("ops")
                .setReference(
                    Reference.newBuilder()
                        .setDisplayName("last week")
                        .setRolling(RollingWindow.ROLLING_WINDOW_LAST_WEEK))
                .build());
    var unusedMetric =
        stub.declareMetric(
            DeclareMetricRequest.newBuilder()
                .setDeclaration(
                    MetricDeclaration.newBuilder()
                        .setMetric("search.depth")
                        .setStage(Stage.STAGE_PIPELINE)
                        .setKind(MetricKind.METRIC_KIND_GAUGE)
                        .setUnit("1")
                        .setDescription("How deep the search goes."))
                .build());
    return stub.setThreshold(muting("asr.confidence").build()).getThreshold();
  }
}
