// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.session;

import static org.assertj.core.api.Assertions.assertThat;

import halfsecond.router.measure.RouterMetrics;
import halfsecond.router.utterance.ReplayCause;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whether the promise was kept is counted, and leads to the utterances. */
final class BudgetMetricsTest {
  private final InMemoryMetricReader reader = InMemoryMetricReader.create();
  private final OpenTelemetrySdk telemetry =
      OpenTelemetrySdk.builder()
          .setTracerProvider(SdkTracerProvider.builder().build())
          .setMeterProvider(SdkMeterProvider.builder().registerMetricReader(reader).build())
          .build();
  private Collection<MetricData> collected = List.of();
  private final Stage stage = new Stage().traced(telemetry);

  @AfterEach
  void close() {
    telemetry.close();
  }

  private MetricData metric(String name) {
    // Exemplars are gone once they were collected.
    collected = collected.isEmpty() ? reader.collectAllMetrics() : collected;
    return collected.stream()
        .filter(metric -> metric.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private Collection<LongPointData> points(String name) {
    return metric(name).getLongSumData().getPoints();
  }

  private Map<String, Long> counts(String name, String attribute) {
    return metric(name).getLongSumData().getPoints().stream()
        .filter(point -> point.getValue() > 0)
        .collect(
            Collectors.toMap(
                point ->
                    String.valueOf(
                        point.getAttributes().asMap().entrySet().stream()
                            .filter(entry -> entry.getKey().getKey().equals(attribute))
                            .findFirst()
                            .orElseThrow()
                            .getValue()),
                LongPointData::getValue));
  }

  @Test
  void countsWithinLateAndDeadline() {
    stage.open();
    stage.speaks(4000);
    stage.utterance(50_000, 52_000);
    stage.recognition.streams.get(0).lost();
    stage.pass(50);
    FakeRecognition.Stream second = stage.recognition.streams.get(1);
    stage.pass(500);
    second.answers("late, but whole");
    stage.speaks(1000);
    stage.utterance(70_000, stage.vad.stream().received()).answers("in time");
    stage.speaks(1000);
    FakeRecognition.Stream cut = stage.utterance(86_000, stage.vad.stream().received());
    stage.pass(480);
    cut.answers("two words");
    stage.pass(10_000);

    assertThat(counts(RouterMetrics.FINAL_SLO, "outcome"))
        .isEqualTo(Map.of("late", 1L, "within", 1L, "deadline", 1L));
    assertThat(counts(RouterMetrics.REPLAYS, "cause")).isEqualTo(Map.of("LOST", 1L));
    assertThat(counts(RouterMetrics.LATE_ANSWERS, "changed")).isEqualTo(Map.of("true", 1L));
    assertThat(metric(RouterMetrics.WORDS_LOST).getHistogramData().getPoints())
        .singleElement()
        .satisfies(point -> assertThat(point.getSum()).isEqualTo(2));
  }

  @Test
  void showsFromTheStartWhatMayHappen() {
    stage.open();

    assertThat(points(RouterMetrics.REPLAYS)).hasSize(ReplayCause.values().length);
    assertThat(points(RouterMetrics.RECORDS_DROPPED)).hasSize(1);
    assertThat(points(RouterMetrics.UTTERANCES))
        .extracting(point -> point.getAttributes().get(AttributeKey.stringKey("reason")))
        .contains("SATURATED", "REPLAY_EXHAUSTED");

    stage.speaks(1000);
    stage.utterance(3_200, 16_000).answers("the first");
    collected = List.of();

    assertThat(points(RouterMetrics.FINAL_SLO))
        .as("beside the one that happened")
        .hasSize(3)
        .allSatisfy(
            point -> assertThat(point.getExemplars()).hasSize(Math.toIntExact(point.getValue())));
  }

  @Test
  void leadsFromALatencyToItsTrace() {
    stage.open();
    stage.speaks(1000);
    stage.utterance(3_200, 16_000).answers("traced");

    assertThat(metric(RouterMetrics.FINAL_LATENCY).getHistogramData().getPoints())
        .singleElement()
        .satisfies(
            point ->
                assertThat(point.getExemplars())
                    .singleElement()
                    .satisfies(
                        exemplar ->
                            assertThat(exemplar.getSpanContext().getTraceId())
                                .isEqualTo(FakeVad.TRACE)));
    assertThat(metric(RouterMetrics.STAGE_DURATION).getHistogramData().getPoints())
        .hasSize(4)
        .allSatisfy(point -> assertThat(point.getExemplars()).hasSize(1));
  }

  @Test
  void countsQuarantinedAudio() {
    stage.open();
    stage.speaks(1000);
    stage.utterance(3_200, 16_000).lost();
    stage.recognition.streams.get(1).lost();

    assertThat(metric(RouterMetrics.QUARANTINED).getLongSumData().getPoints())
        .singleElement()
        .satisfies(point -> assertThat(point.getValue()).isEqualTo(1));
  }
}
