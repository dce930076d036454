// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import halfsecond.monitor.rpc.TestRecords;
import halfsecond.monitor.v1.Alarm;
import halfsecond.monitor.v1.DeclareMetricRequest;
import halfsecond.monitor.v1.MetricDeclaration;
import halfsecond.monitor.v1.MetricKind;
import halfsecond.monitor.v1.SetThresholdRequest;
import halfsecond.monitor.v1.Stage;
import halfsecond.monitor.v1.StageSample;
import halfsecond.monitor.v1.TestKind;
import halfsecond.monitor.v1.Threshold;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a metric that a service declares to its alarm, which outlives the monitor. */
final class ReportedMetricIT {
  private static final String QUEUE = "asr.queue_depth";
  private static final Duration STEP = Duration.ofMinutes(5);

  @TempDir private Path directory;

  @Test
  void isJudgedByTheTestOfItsDeclaration() throws Exception {
    Alarm alarm;
    Instant stopped;
    // So long after a step that what it is about has come.
    try (RunningMonitor monitor = start(TestRecords.NOW.plusSeconds(30))) {
      declare(monitor);
      // The step in which it was started is not judged.
      monitor.clock().forward(STEP);
      report(monitor, 9);

      alarm = monitor.awaitAlarm(Alarm.State.STATE_FIRING);
      assertThat(alarm.getStage()).isEqualTo(Stage.STAGE_ASR);
      assertThat(alarm.getMetric()).isEqualTo(QUEUE);
      assertThat(alarm.getTitle()).isEqualTo("asr.queue_depth is 9 {clip}, the limit is 8 {clip}");
      assertThat(alarm.getNextStep()).contains("grows when cores are short");
      assertThat(alarm.getEvidence(0).getLimit()).isEqualTo(8);
      stopped = monitor.clock().instant();
    }
    try (RunningMonitor monitor = start(stopped)) {
      assertThat(monitor.awaitAlarm(Alarm.State.STATE_FIRING).getAlarmId())
          .isEqualTo(alarm.getAlarmId());
      assertThat(monitor.measured(Stage.STAGE_ASR))
          .as("what was reported before")
          .singleElement()
          .extracting(metric -> metric.getValues().getMaximum())
          .isEqualTo(9.0);

      // Back for ten minutes.
      for (int i = 0; i < 3; i++) {
        report(monitor, 2);
      }
      assertThat(monitor.awaitAlarm(Alarm.State.STATE_RESOLVED).getAlarmId())
          .isEqualTo(alarm.getAlarmId());
    }
  }

  private RunningMonitor start(Instant now) {
    return new RunningMonitor(
        Map.of("halfsecond.monitor.store.directory", directory.toString()), now);
  }

  private static void declare(RunningMonitor monitor) {
    var unused =
        monitor
            .stub()
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
    var unusedThreshold =
        monitor
            .stub()
            .setThreshold(
                SetThresholdRequest.newBuilder()
                    .setThreshold(Threshold.newBuilder().setMetric(QUEUE).setUpperLimit(8))
                    .setActor("a person")
                    .setComment("more than eight wait too long")
                    .build());
  }

  /** In a step that is then over. */
  private static void report(RunningMonitor monitor, double depth) throws Exception {
    monitor.report("asr-0", StageSample.newBuilder().setMetric(QUEUE).setReading(depth));
    monitor.clock().forward(STEP);
  }
}
