// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Timestamp;
import com.typesafe.config.ConfigFactory;
import halfsecond.common.telemetry.Telemetry;
import halfsecond.monitor.rpc.Reporter;
import halfsecond.monitor.rpc.StageReport;
import halfsecond.monitor.rpc.TestRecords;
import halfsecond.monitor.v1.Alarm;
import halfsecond.monitor.v1.ChangeKind;
import halfsecond.monitor.v1.ListAlarmsRequest;
import halfsecond.monitor.v1.MonitorServiceGrpc;
import halfsecond.monitor.v1.ReportStageResponse;
import halfsecond.monitor.v1.Severity;
import halfsecond.monitor.v1.Stage;
import halfsecond.monitor.v1.StageSample;
import halfsecond.monitor.v1.TestKind;
import halfsecond.monitor.v1.UtteranceRecord;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** From the cores that replicas of recognition report to the alarm that they are too few. */
final class MonitorCapacityIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private volatile Instant now = TestRecords.NOW;
  private final MonitorServer server =
      MonitorServer.start(
          MonitorConfig.load(
              ConfigFactory.parseString(
                      "halfsecond.monitor { server.port = 0, dashboard.port = 0 }")
                  .withFallback(ConfigFactory.load())),
          Telemetry.noop(),
          () -> now);
  private final ManagedChannel channel =
      Grpc.newChannelBuilder("127.0.0.1:" + server.port(), InsecureChannelCredentials.create())
          .build();

  @AfterEach
  void stop() {
    channel.shutdownNow();
    server.close();
  }

  /** Each costs 0.06 s of a core, and one comes every second: a hundredth of a core is too few. */
  @Test
  void saysThatCoresAreTooFewAndWhenTheyAreEnough() throws Exception {
    List<UtteranceRecord> records =
        IntStream.range(0, 200)
            .mapToObj(
                second ->
                    TestRecords.ago(Duration.ofSeconds(second), TestRecords.answered("u-" + second))
                        .build())
            .toList();
    Reporter.named("router-1", channel).batch(records).finish();
    reportCores(0.01);

    now = now.plus(Duration.ofMinutes(6));
    await("the alarm").atMost(PATIENCE).until(() -> !alarms().isEmpty());

    Alarm alarm = alarms().get(0);
    assertThat(alarm.getState()).isEqualTo(Alarm.State.STATE_FIRING);
    assertThat(alarm.getChange()).isEqualTo(ChangeKind.CHANGE_KIND_LOAD);
    assertThat(alarm.getSeverity()).isEqualTo(Severity.SEVERITY_WARNING);
    assertThat(alarm.getStage()).isEqualTo(Stage.STAGE_ASR);
    assertThat(alarm.getTitle()).startsWith("Recognition can carry 0.1 utterances a second");
    assertThat(alarm.getEvidence(0).getTest()).isEqualTo(TestKind.TEST_KIND_FIXED_LIMIT);
    assertThat(alarm.getEvidence(0).getEffect()).isLessThan(alarm.getEvidence(0).getLimit());

    reportCores(2);
    now = now.plus(Duration.ofMinutes(6));
    await("its end")
        .atMost(PATIENCE)
        .until(() -> alarms().get(0).getState() == Alarm.State.STATE_RESOLVED);
  }

  /** For as long as the clock is put forward. */
  private void reportCores(double cores) throws Exception {
    Instant at = now.plus(Duration.ofSeconds(270));
    StageSample sample =
        StageSample.newBuilder()
            .setMetric("asr.cores")
            .setSampleTime(Timestamp.newBuilder().setSeconds(at.getEpochSecond()))
            .setReading(cores)
            .build();

    assertThat(StageReport.send(channel, "asr-0", List.of(sample)))
        .singleElement()
        .extracting(ReportStageResponse::getAcceptedCount)
        .isEqualTo(1);
  }

  private List<Alarm> alarms() {
    return MonitorServiceGrpc.newBlockingStub(channel)
        .listAlarms(ListAlarmsRequest.getDefaultInstance())
        .getAlarmsList();
  }
}
