// SPDX-License-Identifier: Apache-2.0
package halfsecond.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import halfsecond.common.telemetry.Telemetry;
import halfsecond.monitor.v1.UtteranceRecord;
import halfsecond.router.backend.RouterFixture;
import halfsecond.router.backend.ScriptedVad;
import halfsecond.router.backend.ScriptedVad.Speech;
import halfsecond.router.backend.TestClient;
import halfsecond.speech.v1.ClientContext;
import halfsecond.speech.v1.StreamingRecognitionConfig;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the monitor and the telemetry get to know of a session. */
final class ReportingIT {
  @RegisterExtension static final OpenTelemetryExtension OTEL = OpenTelemetryExtension.create();

  private final RouterFixture fixture = new RouterFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  private static ConditionFactory soon() {
    return await().atMost(TestClient.patience()).pollInterval(Duration.ofMillis(5));
  }

  private void utterances() throws Exception {
    StreamingRecognitionConfig.Builder config = TestClient.plain();
    config
        .getConfigBuilder()
        .setContext(ClientContext.newBuilder().setUserKey("alice").setRegion("eu-west"));
    TestClient client = TestClient.open(fixture.channel(), config.build()).audio(3000).halfClose();
    assertThat(client.status()).isEqualTo(Status.Code.OK);
  }

  @Test
  void theMonitorGetsARecordOfEachFinalWithoutItsWords() throws Exception {
    fixture.vad.speech = List.of(Speech.millis(500, 1500), Speech.millis(2000, 2600));
    RouterFixture unused = fixture.start("");
    utterances();

    soon().until(() -> fixture.monitor.records.size() == 2);
    UtteranceRecord record = fixture.monitor.records.get(0);
    assertThat(record.getRevision()).isEqualTo(1);
    assertThat(record.getModel().getModelVersion()).isEqualTo("en-small@1");
    assertThat(record.getModel().getProbability()).isEqualTo(1.0);
    assertThat(record.getCohort().getRegion()).isEqualTo("eu-west");
    assertThat(record.getCohort().getUserHash()).matches("[0-9a-f]{32}");
    assertThat(record.getFinalOutcome().getWordCount()).isEqualTo(4);
    assertThat(record.getClip().getSpeechRatio()).isEqualTo(0.7);
    assertThat(record.getClipDuration().getSeconds()).isEqualTo(1);
    assertThat(record.getTraceId()).isEqualTo(ScriptedVad.TRACE);
    assertThat(record.getSessionUtterances()).isEqualTo(1);
    assertThat(record.toString()).doesNotContain("alice").doesNotContain("clip of");
  }

  @Test
  void recordsArriveAtLeastOnceThoughStreamsAreLost() throws Exception {
    fixture.vad.speech = List.of(Speech.millis(500, 1500), Speech.millis(2000, 2600));
    fixture.monitor.losesStreams.set(2);
    RouterFixture unused = fixture.start("");
    utterances();

    soon()
        .until(
            () ->
                fixture.monitor.streams.get() >= 3
                    && fixture.monitor.records.stream()
                            .map(UtteranceRecord::getUtteranceId)
                            .distinct()
                            .count()
                        == 2);
  }

  @Test
  void aMonitorThatIsAwayHarmsNobody() throws Exception {
    fixture.vad.speech = List.of(Speech.millis(500, 1500));
    RouterFixture unused = fixture.start("halfsecond.router.monitor.target = \"127.0.0.1:1\"");

    utterances();
  }

  @Test
  void recognitionJoinsTheTraceOfTheUtterance() throws Exception {
    Queue<String> parents = new ConcurrentLinkedQueue<>();
    fixture.vad.speech = List.of(Speech.millis(500, 1500));
    RouterFixture unused =
        fixture.start("", Telemetry.over(OTEL.getOpenTelemetry()), remembering(parents));
    utterances();

    soon().until(() -> named("utterance").size() == 1);
    SpanData utterance = named("utterance").get(0);
    assertThat(utterance.getTraceId()).isEqualTo(ScriptedVad.TRACE);
    assertThat(parents).hasSize(1).allMatch(parent -> parent.contains(ScriptedVad.TRACE));
    soon().until(() -> named("halfsecond.asr.v1.AsrService/Transcribe").size() == 1);
    assertThat(named("halfsecond.asr.v1.AsrService/Transcribe").get(0).getParentSpanId())
        .isEqualTo(utterance.getSpanId());
    assertThat(OTEL.getMetrics())
        .extracting(MetricData::getName)
        .contains(
            "halfsecond.router.sessions.active",
            "halfsecond.router.utterances",
            "halfsecond.router.final.latency",
            "halfsecond.router.stage.duration");
    assertThat(OTEL.getSpans().toString()).doesNotContain("clip of");
  }

  private static List<SpanData> named(String name) {
    return OTEL.getSpans().stream().filter(span -> span.getName().equals(name)).toList();
  }

  private static ServerInterceptor remembering(Queue<String> parents) {
    return new ServerInterceptor() {
      @Override
      public <Q, R> ServerCall.Listener<Q> interceptCall(
          ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
        String parent =
            headers.get(Metadata.Key.of("traceparent", Metadata.ASCII_STRING_MARSHALLER));
        if (parent != null
            && call.getMethodDescriptor().getFullMethodName().endsWith("Transcribe")) {
          parents.add(parent);
        }
        return next.startCall(call, headers);
      }
    };
  }
}
