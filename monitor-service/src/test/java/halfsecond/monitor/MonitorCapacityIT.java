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
import io.grpc.Status;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** From the cores that replicas of recognition report to the alarm that they are too few. */
final class MonitorCapacityIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration A_WHILE = Duration.ofMinutes(6);

  private int spoken;

  /** One monitor with its clock. */
  private static final class Running implements AutoCloseable {
    private final TickedClock clock = new TickedClock(TestRecords.NOW);
    private final MonitorServer server;
    private final ManagedChannel channel;

    Running(Map<String, ?> configuration) {
      server =
          MonitorServer.start(
              MonitorConfig.load(
                  ConfigFactory.parseMap(configuration)
                      .withFallback(
                          ConfigFactory.parseString(
                              "halfsecond.monitor { server.port = 0, dashboard.port = 0 }"))
                      .withFallback(ConfigFactory.load())),
              Telemetry.noop(),
              clock);
      channel =
          Grpc.newChannelBuilder("127.0.0.1:" + server.port(), InsecureChannelCredentials.create())
              .build();
    }

    /** For as long as the clock is put forward. */
    void reportCores(String replica, double cores) throws Exception {
      StageSample sample =
          StageSample.newBuilder()
              .setMetric("asr.cores")
              .setSampleTime(
                  Timestamp.newBuilder()
                      .setSeconds(clock.instant().plus(Duration.ofSeconds(290)).getEpochSecond()))
              .setReading(cores)
              .build();

      assertThat(StageReport.send(channel, replica, List.of(sample)))
          .singleElement()
          .extracting(ReportStageResponse::getAcceptedCount)
          .isEqualTo(1);
    }

    List<Alarm> alarms() {
      return MonitorServiceGrpc.newBlockingStub(channel)
          .listAlarms(ListAlarmsRequest.getDefaultInstance())
          .getAlarmsList();
    }

    Alarm awaitAlarm(Alarm.State state) {
      await("the alarm")
          .atMost(PATIENCE)
          .until(() -> alarms().stream().anyMatch(it -> it.getState() == state));
      assertThat(alarms()).hasSize(1);
      return alarms().get(0);
    }

    @Override
    public void close() {
      channel.shutdownNow();
      server.close();
    }
  }

  @Test
  void saysThatCoresAreTooFewAndWhenTheyAreEnough() throws Exception {
    try (Running monitor = new Running(Map.of())) {
      speak(monitor);
      monitor.clock.forward(MINUTE);
      monitor.reportCores("asr-0", 0.01);
      monitor.clock.awaitExchange();
      monitor.clock.forward(A_WHILE);

      Alarm alarm = monitor.awaitAlarm(Alarm.State.STATE_FIRING);
      assertThat(alarm.getChange()).isEqualTo(ChangeKind.CHANGE_KIND_LOAD);
      assertThat(alarm.getSeverity()).isEqualTo(Severity.SEVERITY_WARNING);
      assertThat(alarm.getStage()).isEqualTo(Stage.STAGE_ASR);
      assertThat(alarm.getTitle()).startsWith("Recognition can carry 0.1 utterances a second");
      assertThat(alarm.getEvidence(0).getTest()).isEqualTo(TestKind.TEST_KIND_FIXED_LIMIT);
      assertThat(alarm.getEvidence(0).getEffect()).isLessThan(alarm.getEvidence(0).getLimit());

      speak(monitor);
      monitor.reportCores("asr-0", 2);
      monitor.clock.awaitExchange();
      monitor.clock.forward(A_WHILE);
      assertThat(monitor.awaitAlarm(Alarm.State.STATE_RESOLVED).getAlarmId())
          .isEqualTo(alarm.getAlarmId());
    }
  }

  /** Each replica knows one of them. */
  @Test
  void severalMonitorsKnowTheCoresOfAllReplicas() throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
      Map<String, ?> shared =
          Map.of(
              "halfsecond.monitor.store.kind",
              "postgres",
              "halfsecond.monitor.store.postgres.url",
              postgres.getJdbcUrl("postgres", "postgres"));
      try (Running one = new Running(shared);
          Running two = new Running(shared)) {
        speak(one);
        forward(MINUTE, one, two);
        one.reportCores("asr-0", 0.01);
        two.reportCores("asr-1", 0.005);
        exchange(one, two);
        forward(A_WHILE, one, two);

        Alarm first = one.awaitAlarm(Alarm.State.STATE_FIRING);
        Alarm second = two.awaitAlarm(Alarm.State.STATE_FIRING);
        assertThat(second.getAlarmId()).isEqualTo(first.getAlarmId());
        assertThat(first.getTitle()).startsWith("Recognition can carry 0.2 utterances a second");
        assertThat(second.getTitle()).isEqualTo(first.getTitle());

        speak(two);
        one.reportCores("asr-2", 2);
        exchange(one, two);
        forward(A_WHILE, one, two);
        one.awaitAlarm(Alarm.State.STATE_RESOLVED);
        two.awaitAlarm(Alarm.State.STATE_RESOLVED);
      }
    }
  }

  private static void forward(Duration time, Running... monitors) {
    for (Running monitor : monitors) {
      monitor.clock.forward(time);
    }
  }

  /** Twice, because the first of them may not have known what the second was told. */
  private static void exchange(Running... monitors) {
    for (int i = 0; i < 2; i++) {
      for (Running monitor : monitors) {
        monitor.clock.awaitExchange();
      }
    }
  }

  /** One every second until now, each of which costs 0.06 s of a core. */
  private void speak(Running monitor) throws InterruptedException {
    List<UtteranceRecord> records =
        IntStream.range(0, 200)
            .mapToObj(
                second ->
                    TestRecords.at(
                            monitor.clock.instant().minusSeconds(second),
                            TestRecords.answered("u-" + spoken++))
                        .build())
            .toList();
    assertThat(Reporter.named("router-1", monitor.channel).batch(records).finish())
        .isEqualTo(Status.OK);
  }
}
