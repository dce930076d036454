// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Timestamp;
import com.typesafe.config.ConfigFactory;
import halfsecond.common.telemetry.Telemetry;
import halfsecond.monitor.rpc.StageReport;
import halfsecond.monitor.rpc.TestRecords;
import halfsecond.monitor.v1.Alarm;
import halfsecond.monitor.v1.DeclareMetricRequest;
import halfsecond.monitor.v1.ListAlarmsRequest;
import halfsecond.monitor.v1.MetricDeclaration;
import halfsecond.monitor.v1.MetricKind;
import halfsecond.monitor.v1.MonitorServiceGrpc;
import halfsecond.monitor.v1.MonitorServiceGrpc.MonitorServiceBlockingStub;
import halfsecond.monitor.v1.SetThresholdRequest;
import halfsecond.monitor.v1.Stage;
import halfsecond.monitor.v1.StageSample;
import halfsecond.monitor.v1.TestKind;
import halfsecond.monitor.v1.Threshold;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a metric that a service declares to its alarm, which outlives the monitor. */
final class ReportedMetricIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String QUEUE = "asr.queue_depth";

  @TempDir private Path directory;

  /** So long after a step that what it is about has come. */
  private volatile Instant now = TestRecords.NOW.plusSeconds(30);

  private MonitorServer server;
  private ManagedChannel channel;

  @BeforeEach
  void start() {
    server =
        MonitorServer.start(
            MonitorConfig.load(
                ConfigFactory.parseString(
                        "halfsecond.monitor { server.port = 0, dashboard.port = 0, store.directory = \""
                            + directory
                            + "\" }")
                    .withFallback(ConfigFactory.load())),
            Telemetry.noop(),
            () -> now);
    channel =
        Grpc.newChannelBuilder("127.0.0.1:" + server.port(), InsecureChannelCredentials.create())
            .build();
  }

  @AfterEach
  void stop() {
    channel.shutdownNow();
    server.close();
  }

  @Test
  void isJudgedByTheTestOfItsDeclaration() throws Exception {
    monitor()
        .declareMetric(
            DeclareMetricRequest.newBuilder()
                .setDeclaration(
                    MetricDeclaration.newBuilder()
                        .setMetric(QUEUE)
                        .setStage(Stage.STAGE_ASR)
                        .setKind(MetricKind.METRIC_KIND_GAUGE)
                        .setUnit("{clip}")
                        .setTest(TestKind.TEST_KIND_FIXED_LIMIT)
                        .setDescription("Clips that wait; grows when cores are short."))
                .build());
    monitor()
        .setThreshold(
            SetThresholdRequest.newBuilder()
                .setThreshold(Threshold.newBuilder().setMetric(QUEUE).setUpperLimit(8))
                .setActor("a person")
                .setComment("more than eight wait too long")
                .build());
    // The step in which it was started is not judged.
    pass(Duration.ofMinutes(5));
    report(9);
    pass(Duration.ofMinutes(5));
    await("the alarm").atMost(PATIENCE).until(() -> !alarms().isEmpty());

    Alarm alarm = alarms().get(0);
    assertThat(alarm.getState()).isEqualTo(Alarm.State.STATE_FIRING);
    assertThat(alarm.getStage()).isEqualTo(Stage.STAGE_ASR);
    assertThat(alarm.getMetric()).isEqualTo(QUEUE);
    assertThat(alarm.getTitle()).isEqualTo("asr.queue_depth is 9 {clip}, the limit is 8 {clip}");
    assertThat(alarm.getNextStep()).contains("grows when cores are short");
    assertThat(alarm.getEvidence(0).getLimit()).isEqualTo(8);

    stop();
    start();
    assertThat(alarms()).extracting(Alarm::getAlarmId).containsExactly(alarm.getAlarmId());
    assertThat(alarms().get(0).getState()).isEqualTo(Alarm.State.STATE_FIRING);

    report(2);
    pass(Duration.ofMinutes(5));
    report(2);
    pass(Duration.ofMinutes(5));
    // Back for ten minutes, from the restart on, when nothing was known.
    report(2);
    pass(Duration.ofMinutes(5));
    await("its end")
        .atMost(PATIENCE)
        .until(() -> alarms().get(0).getState() == Alarm.State.STATE_RESOLVED);
    assertThat(alarms()).extracting(Alarm::getAlarmId).containsExactly(alarm.getAlarmId());
  }

  private void pass(Duration time) {
    now = now.plus(time);
  }

  private void report(double depth) throws Exception {
    StageSample sample =
        StageSample.newBuilder()
            .setMetric(QUEUE)
            .setSampleTime(Timestamp.newBuilder().setSeconds(now.getEpochSecond()))
            .setReading(depth)
            .build();
    assertThat(StageReport.send(channel, "asr-0", List.of(sample)))
        .singleElement()
        .satisfies(answer -> assertThat(answer.getAcceptedCount()).isEqualTo(1));
  }

  private List<Alarm> alarms() {
    return monitor().listAlarms(ListAlarmsRequest.getDefaultInstance()).getAlarmsList();
  }

  private MonitorServiceBlockingStub monitor() {
    return MonitorServiceGrpc.newBlockingStub(channel);
  }
}
