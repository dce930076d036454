// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.protobuf.util.Durations;
import halfsecond.deploy.client.Pace;
import halfsecond.deploy.client.SpeechClient;
import halfsecond.deploy.client.StreamOptions;
import halfsecond.deploy.client.WireFormat;
import halfsecond.deploy.pipeline.EmbeddedPipeline;
import halfsecond.deploy.pipeline.ProcessPipeline;
import halfsecond.deploy.pipeline.ReplicaCounts;
import halfsecond.deploy.trace.SpanCollector;
import halfsecond.deploy.trace.Stage;
import halfsecond.deploy.trace.Timeline;
import halfsecond.deploy.trace.TraceReceiver;
import halfsecond.deploy.trace.TracedSpan;
import halfsecond.speech.v1.LatencyBreakdown;
import halfsecond.speech.v1.RecognitionConfig;
import halfsecond.speech.v1.StreamingRecognitionConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * One trace an utterance, across all services, telling the same times as the breakdown that the
 * client gets.
 */
class TraceIT {

  /** Spans carry wall-clock times, the breakdown monotonic ones. */
  private static final long TOLERANCE_NANOS = 5_000_000;

  /** Both come from one reading of one clock. */
  private static final long ROUTER_TOLERANCE_NANOS = 1_000_000;

  @Test
  void theSpansAreOneTraceAndTellWhatTheBreakdownTells() throws Exception {
    SpanCollector collector = new SpanCollector();
    try (EmbeddedPipeline pipeline = Pipelines.inOneJvm(List.of(collector));
        SpeechClient client = Pipelines.client(pipeline)) {
      LatencyBreakdown latency = speak(client);

      List<TracedSpan> spans =
          collector.await(latency.getTraceId(), Timeline.SPANS, Duration.ofSeconds(10));

      assertThat(spans).extracting(TracedSpan::name).containsAll(Timeline.SPANS);
      TracedSpan route = span(spans, "route");
      TracedSpan deliver = span(spans, "deliver");
      assertThat(route.endNanos() - route.startNanos())
          .isCloseTo(
              nanos(latency.getRouted()) - nanos(latency.getEndpointDecided()),
              within(TOLERANCE_NANOS));
      assertThat(deliver.endNanos() - route.startNanos())
          .isCloseTo(
              nanos(latency.getSent()) - nanos(latency.getEndpointDecided()),
              within(TOLERANCE_NANOS));
    }
  }

  /**
   * Four processes export their spans. Compared with the breakdown are the instants that the router
   * owns (endpoint decided, routed, decode done, sent: the edges of its spans route and deliver),
   * and the sum of all stages after the end of speech and of the gaps between processes. The spans
   * of the other two processes must lie between the router's, by a clock that all share.
   */
  @Test
  void acrossProcessesTheSpansAddUpToTheBreakdown() throws Exception {
    SpanCollector collector = new SpanCollector();
    try (TraceReceiver receiver = TraceReceiver.start(collector);
        ProcessPipeline pipeline =
            Pipelines.inProcesses(
                "trace",
                Map.of(),
                ProcessPipeline.Options.of(ReplicaCounts.ONE)
                    .withEnvironment(receiver.environment()));
        SpeechClient client = Pipelines.client(pipeline)) {
      LatencyBreakdown latency = speak(client);

      List<TracedSpan> spans =
          collector.await(latency.getTraceId(), Timeline.SPANS, Duration.ofSeconds(20));

      assertThat(spans).extracting(TracedSpan::name).containsAll(Timeline.SPANS);
      assertThat(spans)
          .extracting(TracedSpan::service)
          .contains("router-service", "vad-service", "asr-service");
      TracedSpan route = span(spans, "route");
      TracedSpan deliver = span(spans, "deliver");
      long speechEnd = deliver.endNanos() - nanos(latency.getSent());
      assertThat(route.startNanos() - speechEnd)
          .isCloseTo(nanos(latency.getEndpointDecided()), within(ROUTER_TOLERANCE_NANOS));
      assertThat(route.endNanos() - speechEnd)
          .isCloseTo(nanos(latency.getRouted()), within(ROUTER_TOLERANCE_NANOS));
      assertThat(deliver.startNanos() - speechEnd)
          .isCloseTo(nanos(latency.getDecodeDone()), within(ROUTER_TOLERANCE_NANOS));

      assertThat(span(spans, "vad.endpoint").endNanos())
          .isLessThan(route.startNanos() + TOLERANCE_NANOS);
      assertThat(span(spans, "asr.finalize").startNanos())
          .isGreaterThan(route.startNanos() - TOLERANCE_NANOS);
      assertThat(span(spans, "asr.finalize").endNanos())
          .isLessThan(deliver.startNanos() + TOLERANCE_NANOS);

      Timeline timeline = Timeline.of(latency, spans);
      assertThat(timeline.waiting())
          .extracting(Stage::name)
          .containsExactly("vad.endpoint", "route", "asr.finalize", "deliver");
      long stages = timeline.waiting().stream().mapToLong(Stage::nanos).sum();
      assertThat(stages + timeline.betweenNanos())
          .as("the stages, none of them twice, and the gaps between them")
          .isCloseTo(nanos(latency.getSent()), within(ROUTER_TOLERANCE_NANOS + TOLERANCE_NANOS));
    }
  }

  private static LatencyBreakdown speak(SpeechClient client) throws Exception {
    StreamingRecognitionConfig config =
        StreamingRecognitionConfig.newBuilder()
            .setConfig(RecognitionConfig.newBuilder().setModel(TestModels.VERSION.toString()))
            .build();
    StreamOptions options = StreamOptions.live().withPace(Pace.realTime());
    var session =
        client.stream(
            SpokenAudio.in(WireFormat.LINEAR16_16K, Sample.samples()),
            config,
            options,
            answer -> {});
    return session.result().orThrow().finals().get(0).getLatency();
  }

  private static TracedSpan span(List<TracedSpan> spans, String name) {
    return spans.stream().filter(span -> span.name().equals(name)).findFirst().orElseThrow();
  }

  private static long nanos(com.google.protobuf.Duration duration) {
    return Durations.toNanos(duration);
  }
}
