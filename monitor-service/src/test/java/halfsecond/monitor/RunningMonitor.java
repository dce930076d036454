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
import halfsecond.monitor.v1.GetStageSummaryRequest;
import halfsecond.monitor.v1.ListAlarmsRequest;
import halfsecond.monitor.v1.MetricSummary;
import halfsecond.monitor.v1.MonitorServiceGrpc;
import halfsecond.monitor.v1.MonitorServiceGrpc.MonitorServiceBlockingStub;
import halfsecond.monitor.v1.ReportStageResponse;
import halfsecond.monitor.v1.Stage;
import halfsecond.monitor.v1.StageSample;
import halfsecond.monitor.v1.UtteranceRecord;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A monitor on a real port with a clock of its own, and what services tell it. */
final class RunningMonitor implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** By the clock. */
  private static final Duration PASSED_ON = Duration.ofSeconds(6);

  private final TickedClock clock;
  private final MonitorServer server;
  private final ManagedChannel channel;

  /**
   * @param configuration beside ports that are free
   */
  RunningMonitor(Map<String, ?> configuration, Instant now) {
    clock = new TickedClock(now);
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

  TickedClock clock() {
    return clock;
  }

  ManagedChannel channel() {
    return channel;
  }

  MonitorServiceBlockingStub stub() {
    return MonitorServiceGrpc.newBlockingStub(channel);
  }

  /** Counts for a few minutes that the clock is put forward. */
  void reportCores(String replica, double cores) throws Exception {
    Instant at = clock.instant().plus(Duration.ofSeconds(290));
    report(replica, StageSample.newBuilder().setMetric("asr.cores").setReading(cores), at);
  }

  /** What a service measured now. */
  void report(String instance, StageSample.Builder sample) throws Exception {
    report(instance, sample, clock.instant());
  }

  private void report(String instance, StageSample.Builder sample, Instant at) throws Exception {
    StageSample timed =
        sample.setSampleTime(Timestamp.newBuilder().setSeconds(at.getEpochSecond())).build();
    assertThat(StageReport.send(channel, instance, List.of(timed)))
        .singleElement()
        .extracting(ReportStageResponse::getAcceptedCount)
        .isEqualTo(1);
  }

  /** What services measured of a stage in the last hour. */
  List<MetricSummary> measured(Stage stage) {
    return stub()
        .getStageSummary(GetStageSummaryRequest.newBuilder().setStage(stage).build())
        .getSummariesList()
        .stream()
        .flatMap(summary -> summary.getMetricsList().stream())
        .toList();
  }

  /** On one database with others. */
  static RunningMonitor sharing(EmbeddedPostgres postgres) {
    return new RunningMonitor(
        Map.of(
            "halfsecond.monitor.store.kind",
            "postgres",
            "halfsecond.monitor.store.postgres.url",
            postgres.getJdbcUrl("postgres", "postgres")),
        TestRecords.NOW);
  }

  /**
   * Lets each pass on what it was told, some seconds later; twice, because the first of them may
   * not have known what the second was told.
   */
  static void exchange(RunningMonitor... monitors) {
    for (int i = 0; i < 2; i++) {
      forward(PASSED_ON, monitors);
      for (RunningMonitor monitor : monitors) {
        monitor.clock().awaitExchange();
      }
    }
  }

  static void forward(Duration time, RunningMonitor... monitors) {
    for (RunningMonitor monitor : monitors) {
      monitor.clock().forward(time);
    }
  }

  /** One every second until now, 200 of them, each of which costs 0.06 s of a core. */
  void speak() throws InterruptedException {
    Instant now = clock.instant();
    List<UtteranceRecord> records =
        IntStream.range(0, 200)
            .mapToObj(now::minusSeconds)
            .map(at -> TestRecords.at(at, TestRecords.answered("u-" + at)).build())
            .toList();
    assertThat(Reporter.named("router-1", channel).batch(records).finish()).isEqualTo(Status.OK);
  }

  List<Alarm> alarms() {
    return stub().listAlarms(ListAlarmsRequest.getDefaultInstance()).getAlarmsList();
  }

  /** The only alarm, once it is in this state. */
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
