// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.metric;

import static halfsecond.monitor.rpc.TestRecords.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import halfsecond.common.error.Reason;
import halfsecond.common.error.SpeechException;
import halfsecond.monitor.catalogue.Metric;
import halfsecond.monitor.catalogue.MetricCatalogue;
import halfsecond.monitor.catalogue.TestKind;
import halfsecond.monitor.record.Stage;
import halfsecond.monitor.window.TimeSpan;
import halfsecond.monitor.window.Who;
import halfsecond.monitor.window.WindowLayout;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MetricWindowsTest {
  private static final TimeSpan HOUR =
      new TimeSpan(NOW.minus(Duration.ofHours(1)), NOW.plusSeconds(60));

  private final MetricWindows windows =
      new MetricWindows(
          MetricCatalogue.builtIn(),
          new WindowLayout(
              Duration.ofMinutes(1),
              Duration.ofHours(1),
              Duration.ofMinutes(15),
              Duration.ofHours(24)));

  @Test
  void incrementsOfAllInstancesAddUp() {
    add("asr.errors", new StageSample.Increment(2), "asr-0");
    add("asr.errors", new StageSample.Increment(3), "asr-1");

    MetricSummary errors = only(Stage.ASR);

    assertThat(errors.metric().name()).isEqualTo("asr.errors");
    assertThat(errors.sum().samples()).isEqualTo(2);
    assertThat(errors.sum().sum()).isEqualTo(5);
    assertThat(errors.latest()).isEmpty();
  }

  @Test
  void readingsKeepTheNewestOfEachInstance() {
    add("asr.cpu", new StageSample.Reading(0.5), "asr-0", NOW);
    add("asr.cpu", new StageSample.Reading(1.5), "asr-0", NOW.minusSeconds(10));
    add("asr.cpu", new StageSample.Reading(1.0), "asr-1", NOW);

    MetricSummary cpu = only(Stage.ASR);

    assertThat(cpu.sum().values().mean()).isEqualTo(1.0);
    assertThat(cpu.latest())
        .containsExactly(
            new MetricSummary.Latest("asr-0", NOW, 0.5),
            new MetricSummary.Latest("asr-1", NOW, 1.0));
  }

  @Test
  void theNewestReadingsLeaveOutWhoHasNotReportedForLong() {
    add("asr.cores", new StageSample.Reading(2), "asr-0", NOW.minusSeconds(30));
    add("asr.cores", new StageSample.Reading(4), "asr-0", NOW);
    add("asr.cores", new StageSample.Reading(3), "asr-1", NOW.minusSeconds(30));
    add("asr.cores", new StageSample.Reading(9), "asr-2", NOW.minusSeconds(300));

    assertThat(windows.latest("asr.cores", NOW.minusSeconds(120)))
        .extracting(MetricSummary.Latest::level)
        .containsExactly(4.0, 3.0);
    assertThat(windows.latest("asr.cores", NOW.plusSeconds(1))).isEmpty();
    assertThat(windows.latest("asr.cpu", NOW.minusSeconds(120))).isEmpty();
  }

  @Test
  void sharesAndMeasurementsAddUp() {
    add("deliver.partials_dropped", new StageSample.Share(1, 10), "router-1");
    add("deliver.partials_dropped", new StageSample.Share(2, 30), "router-2");
    windows
        .catalogue()
        .declare(
            new Metric(
                "asr.wait",
                Stage.ASR,
                Metric.Kind.DISTRIBUTION,
                "s",
                Metric.Direction.UP_IS_WORSE,
                TestKind.KOLMOGOROV_SMIRNOV,
                "what a service may declare",
                Metric.Source.DECLARED));
    add("asr.wait", new StageSample.Measurements(List.of(0.1, 0.2, 0.6)), "asr-0");

    assertThat(only(Stage.DELIVER).sum().events()).isEqualTo(3);
    assertThat(only(Stage.DELIVER).sum().trials()).isEqualTo(40);
    assertThat(only(Stage.ASR).sum().values().quantile(0.5))
        .isCloseTo(0.2, org.assertj.core.data.Offset.offset(1e-6));
  }

  @Test
  void aSpanLeavesOutOlderSamples() {
    add("asr.errors", new StageSample.Increment(2), "asr-0", NOW.minus(Duration.ofHours(3)));

    assertThat(windows.summarize(Stage.ASR, HOUR, NOW)).isEmpty();
  }

  @Test
  void rememberedInstancesAreBounded() {
    for (int i = 0; i < 1_050; i++) {
      add("asr.cpu", new StageSample.Reading(1), "asr-" + i, NOW.minusSeconds(1_050 - i));
    }

    assertThat(only(Stage.ASR).latest())
        .hasSize(1_000)
        .noneMatch(latest -> latest.instance().equals("asr-49"))
        .anyMatch(latest -> latest.instance().equals("asr-50"))
        .anyMatch(latest -> latest.instance().equals("asr-1049"));
  }

  @Test
  void refusesAMetricThatNobodyDeclared() {
    assertThatExceptionOfType(SpeechException.class)
        .isThrownBy(() -> add("asr.mood", new StageSample.Reading(1), "asr-0"))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.NOT_FOUND));
  }

  @Test
  void refusesAValueOfAnotherKind() {
    assertThatExceptionOfType(SpeechException.class)
        .isThrownBy(() -> add("asr.errors", new StageSample.Reading(1), "asr-0"))
        .satisfies(e -> assertThat(e.metadata()).containsEntry("field", "value"));
  }

  @Test
  void refusesSamplesOfTheFuture() {
    assertThatExceptionOfType(SpeechException.class)
        .isThrownBy(
            () -> add("asr.errors", new StageSample.Increment(1), "asr-0", NOW.plusSeconds(301)))
        .satisfies(e -> assertThat(e.metadata()).containsEntry("field", "sample_time"));
  }

  @Test
  void refusesValuesOutOfTheirLimits() {
    assertThatExceptionOfType(SpeechException.class)
        .isThrownBy(() -> new StageSample.Increment(-1));
    assertThatExceptionOfType(SpeechException.class)
        .isThrownBy(() -> new StageSample.Reading(Double.NaN));
    assertThatExceptionOfType(SpeechException.class).isThrownBy(() -> new StageSample.Share(2, 1));
    assertThatExceptionOfType(SpeechException.class)
        .isThrownBy(() -> new StageSample.Measurements(List.of()));
    assertThatExceptionOfType(SpeechException.class)
        .isThrownBy(() -> new StageSample.Measurements(Collections.nCopies(1_001, 1.0)));
  }

  private MetricSummary only(Stage stage) {
    List<MetricSummary> summaries = windows.summarize(stage, HOUR, NOW);
    assertThat(summaries).hasSize(1);
    return summaries.get(0);
  }

  private void add(String metric, StageSample.Value value, String instance) {
    add(metric, value, instance, NOW);
  }

  private void add(String metric, StageSample.Value value, String instance, Instant time) {
    windows.add(new StageSample(metric, time, Who.ALL, value), instance, NOW);
  }
}
