// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.session;

import static org.assertj.core.api.Assertions.assertThat;

import halfsecond.router.utterance.Latency;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The spans of an utterance tell the same story as its breakdown. */
final class UtteranceSpansTest {
  @RegisterExtension static final OpenTelemetryExtension OTEL = OpenTelemetryExtension.create();

  private static SpanData span(String name) {
    return OTEL.getSpans().stream()
        .filter(span -> span.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Duration length(SpanData span) {
    return Duration.ofNanos(span.getEndEpochNanos() - span.getStartEpochNanos());
  }

  @Test
  void addUpToTheBreakdownInTheDetectorsTrace() {
    Stage stage = new Stage().traced(OTEL.getOpenTelemetry()).open();
    stage.speaks(1000);
    stage.vad.stream().started(0, 1_600, 8_000);
    FakeRecognition.Stream second = blocked(stage);
    stage.pass(30);
    second.answers("hello there");

    SpanData utterance = span("utterance");
    SpanData route = span("route");
    SpanData deliver = span("deliver");
    Latency latency = stage.out.finals.get(0).latency();
    assertThat(OTEL.getSpans()).extracting(SpanData::getTraceId).containsOnly(FakeVad.TRACE);
    assertThat(utterance.getParentSpanId()).isEqualTo("00f067aa0ba902b7");
    assertThat(route.getParentSpanId()).isEqualTo(utterance.getSpanId());
    assertThat(deliver.getParentSpanId()).isEqualTo(utterance.getSpanId());
    assertThat(length(route)).isEqualTo(latency.routed().minus(latency.endpointDecided()));
    assertThat(length(deliver)).isEqualTo(latency.sent().minus(latency.decodeDone()));
    assertThat(Duration.ofNanos(deliver.getStartEpochNanos() - route.getEndEpochNanos()))
        .isEqualTo(latency.decodeDone().minus(latency.routed()));
    assertThat(utterance.getEndEpochNanos()).isEqualTo(deliver.getEndEpochNanos());
    assertThat(utterance.getAttributes().get(AttributeKey.stringKey("halfsecond.model_version")))
        .isEqualTo("en-small@1");
    assertThat(utterance.getAttributes().get(AttributeKey.longKey("halfsecond.budget_ms")))
        .isEqualTo(500);
    assertThat(OTEL.getSpans().toString()).doesNotContain("hello", "there");
  }

  /** The utterance ends and recognition takes its last audio 5 ms later. */
  private static FakeRecognition.Stream blocked(Stage stage) {
    FakeRecognition.Stream clip = stage.recognition.streams.get(0);
    clip.ready = false;
    stage.vad.stream().ended(12_800, 9_600, EndReason.END_OF_SPEECH);
    stage.pass(5);
    clip.becomesReady();
    return clip;
  }

  @Test
  void mintsATraceWhereTheClientCutsUtterances() {
    Stage stage = new Stage().marking().traced(OTEL.getOpenTelemetry()).open();
    stage.session().marker(Marker.SPEECH_START);
    stage.audio(100);
    stage.session().marker(Marker.SPEECH_END);
    stage.recognition.streams.get(0).answers("hello");

    SpanData utterance = span("utterance");
    assertThat(utterance.getParentSpanContext().isValid()).isFalse();
    assertThat(stage.out.finals.get(0).traceId()).isEqualTo(utterance.getTraceId());
  }

  @Test
  void endsEverySpanWhenTheClientGoes() {
    Stage stage = new Stage().traced(OTEL.getOpenTelemetry()).open();
    stage.speaks(1000);
    stage.utterance(3_200, 12_800);
    stage.vad.stream().started(14_000, 14_000, 15_000);
    stage.session().clientGone();

    assertThat(OTEL.getSpans()).hasSize(3).allMatch(SpanData::hasEnded);
  }
}
