// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.util.Timestamps;
import halfsecond.deploy.pipeline.Pipeline;
import halfsecond.deploy.pipeline.Replica;
import halfsecond.deploy.pipeline.Service;
import halfsecond.monitor.v1.GetStageSummaryRequest;
import halfsecond.monitor.v1.InstanceReading;
import halfsecond.monitor.v1.ListMetricsRequest;
import halfsecond.monitor.v1.MetricDeclaration;
import halfsecond.monitor.v1.MetricSummary;
import halfsecond.monitor.v1.MonitorServiceGrpc;
import halfsecond.monitor.v1.MonitorServiceGrpc.MonitorServiceBlockingStub;
import halfsecond.monitor.v1.QuerySeriesRequest;
import halfsecond.monitor.v1.SeriesPoint;
import halfsecond.monitor.v1.Stage;
import halfsecond.monitor.v1.TimeRange;
import io.grpc.ManagedChannel;
import java.time.Duration;
import java.util.List;

/** What the monitor knows of the processes of a pipeline by what they report about themselves. */
final class Measurements implements AutoCloseable {

  private static final List<String> VAD =
      List.of(
          "vad.cpu",
          "vad.errors",
          "vad.memory",
          "vad.native_handles",
          "vad.open_streams",
          "vad.refused");
  private static final List<String> ROUTE =
      List.of(
          "route.cpu",
          "route.errors",
          "route.memory",
          "route.open_streams",
          "route.records_dropped",
          "route.refused");
  private static final List<String> ASR =
      List.of(
          "asr.active_clips",
          "asr.backlog",
          "asr.cores",
          "asr.cores_used",
          "asr.cpu",
          "asr.errors",
          "asr.memory",
          "asr.native_handles",
          "asr.open_streams",
          "asr.refused");

  private final ManagedChannel channel;
  private final MonitorServiceBlockingStub monitor;

  Measurements(Pipeline pipeline) {
    this.channel = Pipelines.channel(pipeline, Service.MONITOR);
    this.monitor = MonitorServiceGrpc.newBlockingStub(channel);
  }

  /** Waits until every one of these has reported everything to the monitor that runs now. */
  void awaitOfAll(List<Replica> replicas) {
    soon(
        () -> {
          assertThat(names(Stage.STAGE_VAD)).isEqualTo(VAD);
          assertThat(names(Stage.STAGE_ROUTE)).isEqualTo(ROUTE);
          assertThat(names(Stage.STAGE_ASR)).isEqualTo(ASR);
          assertKnown(replicas, Service.VAD, Stage.STAGE_VAD, "vad.native_handles");
          assertKnown(replicas, Service.ROUTER, Stage.STAGE_ROUTE, "route.memory");
          assertKnown(replicas, Service.ASR, Stage.STAGE_ASR, "asr.cores");
        });
    assertThat(latest(Stage.STAGE_VAD, "vad.memory"))
        .allSatisfy(reading -> assertThat(reading.getValue()).isGreaterThan(20e6));
    assertThat(latest(Stage.STAGE_ASR, "asr.memory"))
        .as("with a model")
        .allSatisfy(reading -> assertThat(reading.getValue()).isGreaterThan(100e6));
  }

  /** Waits until the router has reported interim results, and something has moved. */
  void awaitOfAnUtterance() {
    soon(
        () -> {
          assertThat(names(Stage.STAGE_DELIVER)).containsExactly("deliver.partials_dropped");
          assertThat(
                  monitor
                      .listMetrics(ListMetricsRequest.getDefaultInstance())
                      .getDeclarationsList())
              .filteredOn(MetricDeclaration::hasLastMovedTime)
              .extracting(MetricDeclaration::getMetric)
              .contains("vad.cpu", "route.cpu", "asr.cpu");
        });
  }

  /** The cores of recognition now and over the last minutes, each of its replicas with so many. */
  void assertCores(double each) {
    long now = System.currentTimeMillis();
    List<SeriesPoint> points =
        monitor
            .querySeries(
                QuerySeriesRequest.newBuilder()
                    .setMetric("asr.cores")
                    .setRange(
                        TimeRange.newBuilder()
                            .setStartTime(Timestamps.fromMillis(now - 600_000))
                            .setEndTime(Timestamps.fromMillis(now + 60_000)))
                    .build())
            .getSeries(0)
            .getPointsList();
    assertThat(points)
        .isNotEmpty()
        .allSatisfy(point -> assertThat(point.getValue()).isEqualTo(each));
    assertThat(latest(Stage.STAGE_ASR, "asr.cores"))
        .allSatisfy(reading -> assertThat(reading.getValue()).isEqualTo(each));
  }

  private void assertKnown(List<Replica> replicas, Service service, Stage stage, String gauge) {
    List<String> running =
        replicas.stream()
            .filter(replica -> replica.service() == service)
            .map(Replica::name)
            .toList();
    assertThat(latest(stage, gauge)).extracting(InstanceReading::getInstance).isEqualTo(running);
  }

  private List<InstanceReading> latest(Stage stage, String gauge) {
    return metrics(stage).stream()
        .filter(metric -> metric.getMetric().equals(gauge))
        .findFirst()
        .orElseThrow(() -> new AssertionError("nobody reports " + gauge))
        .getLatestList();
  }

  private List<String> names(Stage stage) {
    return metrics(stage).stream().map(MetricSummary::getMetric).toList();
  }

  /** All versions together come first. */
  private List<MetricSummary> metrics(Stage stage) {
    return monitor
        .getStageSummary(GetStageSummaryRequest.newBuilder().setStage(stage).build())
        .getSummaries(0)
        .getMetricsList();
  }

  private static void soon(org.awaitility.core.ThrowingRunnable assertion) {
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(100))
        .untilAsserted(assertion);
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
