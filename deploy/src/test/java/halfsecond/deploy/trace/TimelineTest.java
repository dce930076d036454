// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.trace;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.Durations;
import halfsecond.speech.v1.LatencyBreakdown;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimelineTest {

  private static final long MS = 1_000_000;
  private static final long SPEECH_END = 1_700_000_000_000_000_000L;

  private static final LatencyBreakdown LATENCY =
      LatencyBreakdown.newBuilder()
          .setEndpointDecided(Durations.fromMillis(200))
          .setRouted(Durations.fromMillis(202))
          .setDecodeDone(Durations.fromMillis(215))
          .setSent(Durations.fromMillis(217))
          .setBudget(Durations.fromMillis(500))
          .setTraceId("4bf92f3577b34da6a3ce929d0e0e4736")
          .build();

  @Test
  void putsSpansOnTheAxisOfTheEndOfSpeech() {
    Timeline timeline =
        Timeline.of(
            LATENCY,
            List.of(
                span("deliver", 215, 217),
                span("asr.finalize", 203, 214),
                span("vad.endpoint", -2900, 200),
                span("route", 200, 202),
                span("asr.decode", -2500, 214),
                span("utterance", -3000, 217),
                span("halfsecond.vad.v1.VadService/Detect", -4000, 300)));

    assertThat(timeline.source()).isEqualTo(Timeline.Source.SPANS);
    assertThat(timeline.alongside())
        .containsExactly(
            new Stage("utterance", -3000 * MS, 217 * MS),
            new Stage("asr.decode", -2500 * MS, 214 * MS));
    assertThat(timeline.waiting())
        .containsExactly(
            new Stage("vad.endpoint", 0, 200 * MS),
            new Stage("route", 200 * MS, 202 * MS),
            new Stage("asr.finalize", 203 * MS, 214 * MS),
            new Stage("deliver", 215 * MS, 217 * MS));
    assertThat(timeline.betweenNanos()).as("202 to 203 and 214 to 215").isEqualTo(2 * MS);
  }

  @Test
  void doesNotWaitForAnEndpointThatWasKnownBeforeTheEndOfSpeech() {
    // The client asked for the final while the person still spoke.
    Timeline timeline =
        Timeline.of(LATENCY, List.of(span("vad.endpoint", -500, -3), span("deliver", 215, 217)));

    assertThat(timeline.alongside()).extracting(Stage::name).containsExactly("vad.endpoint");
    assertThat(timeline.waiting()).extracting(Stage::name).containsExactly("deliver");
  }

  @Test
  void usesTheBreakdownWhenTheSpansAreInAnotherProcess() {
    Timeline timeline = Timeline.of(LATENCY, List.of());

    assertThat(timeline.source()).isEqualTo(Timeline.Source.BREAKDOWN);
    assertThat(timeline.waiting())
        .containsExactly(
            new Stage("vad", 0, 200 * MS),
            new Stage("route", 200 * MS, 202 * MS),
            new Stage("asr", 202 * MS, 215 * MS),
            new Stage("deliver", 215 * MS, 217 * MS));
    assertThat(timeline.betweenNanos()).isZero();
    assertThat(timeline.budgetNanos()).hasValue(500 * MS);
  }

  @Test
  void knowsNoBudgetWhereNoneHolds() {
    assertThat(Timeline.of(LATENCY.toBuilder().clearBudget().build()).budgetNanos()).isEmpty();
  }

  @Test
  void doesNotCountOverlappingStagesTwice() {
    Timeline timeline =
        Timeline.of(
            LATENCY,
            List.of(
                span("vad.endpoint", 0, 200), span("route", 150, 202), span("deliver", 202, 217)));

    assertThat(timeline.betweenNanos()).isZero();
  }

  private static TracedSpan span(String name, long startMs, long endMs) {
    return new TracedSpan(
        "service",
        Span.newBuilder()
            .setName(name)
            .setStartTimeUnixNano(SPEECH_END + startMs * MS)
            .setEndTimeUnixNano(SPEECH_END + endMs * MS)
            .build());
  }
}
