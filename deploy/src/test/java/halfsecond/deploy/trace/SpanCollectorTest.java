// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SpanCollectorTest {

  private static final Duration LONG = Duration.ofSeconds(20);

  private final SpanCollector collector = new SpanCollector();
  private final SdkTracerProvider provider =
      SdkTracerProvider.builder().addSpanProcessor(collector).build();
  private final Tracer tracer = provider.get("test");

  @AfterEach
  void close() {
    provider.close();
  }

  @Test
  void bringsTheSpansOfOneTraceTogether() throws Exception {
    Span root = tracer.spanBuilder("utterance").startSpan();
    try (Scope ignored = root.makeCurrent()) {
      tracer.spanBuilder("route").startSpan().end();
    }
    root.end();
    tracer.spanBuilder("elsewhere").startSpan().end();

    List<TracedSpan> spans =
        collector.await(root.getSpanContext().getTraceId(), List.of("utterance", "route"), LONG);

    assertThat(spans).extracting(TracedSpan::name).containsExactly("route", "utterance");
  }

  @Test
  void waitsForASpanThatEndsLater() throws Exception {
    Span late = tracer.spanBuilder("deliver").startSpan();
    String trace = late.getSpanContext().getTraceId();
    CompletableFuture<List<TracedSpan>> waiting =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return collector.await(trace, List.of("deliver"), LONG);
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });

    late.end();

    assertThat(waiting.get(20, TimeUnit.SECONDS)).hasSize(1);
  }

  @Test
  void answersWithWhatThereIsWhenASpanNeverComes() throws Exception {
    Span only = tracer.spanBuilder("route").startSpan();
    only.end();

    assertThat(
            collector.await(
                only.getSpanContext().getTraceId(),
                List.of("route", "deliver"),
                Duration.ofMillis(20)))
        .hasSize(1);
  }

  @Test
  void forgetsTheOldestTraces() throws Exception {
    Span first = tracer.spanBuilder("route").startSpan();
    first.end();
    for (int trace = 0; trace < SpanCollector.TRACES; trace++) {
      tracer.spanBuilder("route").startSpan().end();
    }

    assertThat(collector.await(first.getSpanContext().getTraceId(), List.of(), Duration.ZERO))
        .isEmpty();
  }
}
