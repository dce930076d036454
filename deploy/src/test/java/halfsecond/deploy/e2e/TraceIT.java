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
import halfsecond.deploy.trace.SpanCollector;
import halfsecond.deploy.trace.Timeline;
import halfsecond.speech.v1.LatencyBreakdown;
import halfsecond.speech.v1.RecognitionConfig;
import halfsecond.speech.v1.StreamingRecognitionConfig;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * One trace an utterance, across all services, telling the same times as the breakdown that the
 * client gets.
 */
class TraceIT {

  /** Spans carry wall-clock times, the breakdown monotonic ones. */
  private static final long TOLERANCE_NANOS = 5_000_000;

  @Test
  void theSpansAreOneTraceAndTellWhatTheBreakdownTells() throws Exception {
    SpanCollector collector = new SpanCollector();
    try (EmbeddedPipeline pipeline = Pipelines.inOneJvm(List.of(collector));
        SpeechClient client = Pipelines.client(pipeline)) {
      LatencyBreakdown latency = speak(client);

      List<SpanData> spans =
          collector.await(latency.getTraceId(), Timeline.SPANS, Duration.ofSeconds(10));

      assertThat(spans).extracting(SpanData::getName).containsAll(Timeline.SPANS);
      SpanData route = span(spans, "route");
      SpanData deliver = span(spans, "deliver");
      assertThat(route.getEndEpochNanos() - route.getStartEpochNanos())
          .isCloseTo(
              nanos(latency.getRouted()) - nanos(latency.getEndpointDecided()),
              within(TOLERANCE_NANOS));
      assertThat(deliver.getEndEpochNanos() - route.getStartEpochNanos())
          .isCloseTo(
              nanos(latency.getSent()) - nanos(latency.getEndpointDecided()),
              within(TOLERANCE_NANOS));
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

  private static SpanData span(List<SpanData> spans, String name) {
    return spans.stream().filter(span -> span.getName().equals(name)).findFirst().orElseThrow();
  }

  private static long nanos(com.google.protobuf.Duration duration) {
    return Durations.toNanos(duration);
  }
}
