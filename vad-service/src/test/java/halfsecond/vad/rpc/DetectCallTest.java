// SPDX-License-Identifier: Apache-2.0
package halfsecond.vad.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.util.Durations;
import halfsecond.common.error.Reason;
import halfsecond.common.telemetry.Telemetry;
import halfsecond.vad.telemetry.UtteranceTrace;
import halfsecond.vad.v1.DetectConfig;
import halfsecond.vad.v1.DetectRequest;
import halfsecond.vad.v1.DetectResponse;
import halfsecond.vad.v1.EndReason;
import halfsecond.vad.v1.EndpointingConfig;
import halfsecond.vad.v1.SpeechEnded;
import io.grpc.Status;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DetectCallTest {
  @RegisterExtension static final OpenTelemetryExtension OTEL = OpenTelemetryExtension.create();

  private InProcessVad vad;

  @BeforeEach
  void start() throws IOException {
    vad = new InProcessVad(Telemetry.over(OTEL.getOpenTelemetry()), 2);
  }

  @AfterEach
  void stop() throws InterruptedException {
    vad.close();
  }

  @Test
  void findsAnUtterance() {
    DetectClient client =
        DetectClient.configured(vad.channel()).send(Speech.utterance()).halfClose();

    assertThat(client.status().isOk()).isTrue();
    assertThat(client.started()).hasSize(1);
    SpeechEnded end = client.ended().get(0);
    assertThat(end.getReason()).isEqualTo(EndReason.END_REASON_END_OF_SPEECH);
    assertThat((double) end.getSpeechEndSample()).isCloseTo(1.5 * 16000, within(0.15 * 16000));
    assertThat(Durations.toMillis(end.getStatistics().getLeadingSilence())).isEqualTo(200);
    assertThat(Durations.toMillis(end.getStatistics().getTrailingSilence())).isEqualTo(160);
    assertThat(end.getStatistics().getPitchHertz()).isCloseTo(150, within(5.0));
  }

  @Test
  void answersEveryMessageWithinAnUtterance() {
    DetectClient client =
        DetectClient.configured(vad.channel()).send(Speech.vowel(Duration.ofMillis(500)));
    client.awaitStarts(1);
    int before = client.responses().size();

    for (int i = 0; i < 30; i++) {
      client.send(new byte[1]);
    }
    client.halfClose();

    assertThat(client.status().isOk()).isTrue();
    assertThat(client.responses().stream().skip(before).filter(DetectResponse::hasProgress))
        .hasSizeBetween(30, 31);
  }

  @Test
  void endsAnUtteranceWhenTheClientAsks() {
    DetectClient client =
        DetectClient.configured(vad.channel())
            .send(Speech.vowel(Duration.ofSeconds(1)))
            .endUtterance()
            .halfClose();

    assertThat(client.status().isOk()).isTrue();
    assertThat(client.ended().get(0).getReason()).isEqualTo(EndReason.END_REASON_FINALIZE);
    assertThat(client.ended().get(0).getClipEndSample()).isEqualTo(16000);
  }

  @Test
  void endsAnUtteranceWithTheStream() {
    DetectClient client =
        DetectClient.configured(vad.channel())
            .send(Speech.vowel(Duration.ofSeconds(1)))
            .halfClose();

    assertThat(client.status().isOk()).isTrue();
    assertThat(client.ended().get(0).getReason()).isEqualTo(EndReason.END_REASON_STREAM_END);
  }

  @Test
  void usesTheEndpointingOfTheStream() {
    DetectClient client =
        DetectClient.open(vad.channel())
            .send(
                DetectConfig.newBuilder()
                    .setSampleRateHertz(16000)
                    .setEndpointing(
                        EndpointingConfig.newBuilder().setHangover(Durations.fromMillis(100)))
                    .build())
            .send(Speech.utterance())
            .halfClose();

    assertThat(client.status().isOk()).isTrue();
    SpeechEnded end = client.ended().get(0);
    assertThat(end.getDecidedSample() - end.getSpeechEndSample()).isEqualTo(1600);
    assertThat(end.getClipEndSample() - end.getSpeechEndSample())
        .as("a default padding longer than the hangover gives way")
        .isEqualTo(1600);
  }

  @Test
  void endsAnEmptyStreamWithOk() {
    assertThat(DetectClient.configured(vad.channel()).halfClose().status().isOk()).isTrue();
  }

  @Test
  void refusesAudioBeforeTheConfig() {
    DetectClient.open(vad.channel())
        .send(new byte[640])
        .assertRefused(Status.Code.INVALID_ARGUMENT, Reason.CONFIG_MISSING);
  }

  @Test
  void refusesAStreamWithoutConfig() {
    DetectClient.open(vad.channel())
        .halfClose()
        .assertRefused(Status.Code.INVALID_ARGUMENT, Reason.CONFIG_MISSING);
  }

  @Test
  void refusesASecondConfig() {
    DetectClient.configured(vad.channel())
        .send(DetectConfig.newBuilder().setSampleRateHertz(16000).build())
        .assertRefused(Status.Code.INVALID_ARGUMENT, Reason.CONFIG_REPEATED);
  }

  @Test
  void refusesOtherRates() {
    for (int rate : List.of(0, -1, 11025, 44100, Integer.MAX_VALUE)) {
      DetectClient.open(vad.channel())
          .send(DetectConfig.newBuilder().setSampleRateHertz(rate).build())
          .assertRefused(Status.Code.INVALID_ARGUMENT, Reason.AUDIO_INVALID);
    }
  }

  @Test
  void refusesFieldsOutsideOfTheirLimits() {
    DetectConfig ok = DetectConfig.newBuilder().setSampleRateHertz(16000).build();
    List<DetectConfig> bad =
        List.of(
            ok.toBuilder().setSessionId("x".repeat(65)).build(),
            ok.toBuilder().setStartSample(-1).build(),
            ok.toBuilder().setStartSample(Long.MAX_VALUE).build(),
            with(EndpointingConfig.newBuilder().setAggressiveness(4)),
            with(EndpointingConfig.newBuilder().setFrame(Durations.fromMillis(25))),
            with(EndpointingConfig.newBuilder().setHangover(Durations.fromSeconds(3))),
            with(
                EndpointingConfig.newBuilder()
                    .setPreRoll(
                        com.google.protobuf.Duration.newBuilder().setSeconds(1).setNanos(-1))));

    for (DetectConfig config : bad) {
      DetectClient.open(vad.channel())
          .send(config)
          .assertRefused(Status.Code.INVALID_ARGUMENT, Reason.FIELD_INVALID);
    }
  }

  @Test
  void refusesAnEmptyMessage() {
    DetectClient.configured(vad.channel())
        .send(DetectRequest.getDefaultInstance())
        .assertRefused(Status.Code.INVALID_ARGUMENT, Reason.FIELD_INVALID);
  }

  @Test
  void refusesAnOddNumberOfBytes() {
    DetectClient.configured(vad.channel())
        .send(new byte[641])
        .halfClose()
        .assertRefused(Status.Code.INVALID_ARGUMENT, Reason.AUDIO_INVALID);
  }

  @Test
  void acceptsSamplesSplitBetweenMessages() {
    assertThat(
            DetectClient.configured(vad.channel())
                .send(new byte[641])
                .send(new byte[641])
                .halfClose()
                .status()
                .isOk())
        .isTrue();
  }

  @Test
  void refusesAMessageThatIsTooLarge() {
    DetectClient.configured(vad.channel())
        .send(new byte[DetectCall.LARGEST_AUDIO + 2])
        .assertRefused(Status.Code.RESOURCE_EXHAUSTED, Reason.MESSAGE_TOO_LARGE);
  }

  @Test
  void refusesMoreStreamsThanItMayHave() {
    DetectClient first = DetectClient.configured(vad.channel());
    DetectClient second = DetectClient.configured(vad.channel());
    vad.awaitHandles(2);

    DetectClient.configured(vad.channel())
        .assertRefused(Status.Code.RESOURCE_EXHAUSTED, Reason.SATURATED);

    first.halfClose();
    assertThat(first.status().isOk()).isTrue();
    assertThat(DetectClient.configured(vad.channel()).halfClose().status().isOk()).isTrue();
    second.cancel();
  }

  @Test
  void freesTheHandleWhenTheClientVanishesWithinAnUtterance() {
    DetectClient client =
        DetectClient.configured(vad.channel()).send(Speech.vowel(Duration.ofSeconds(1)));
    client.awaitStarts(1);

    client.cancel();

    vad.awaitHandles(0);
    SpanData span = onlySpan();
    assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    assertThat(span.hasEnded()).isTrue();
  }

  @Test
  void drainsAtOnceWhereNobodySpeaks() {
    DetectClient client = DetectClient.configured(vad.channel());
    vad.awaitHandles(1);

    vad.service.drain(Duration.ofSeconds(10));

    client.assertRefused(Status.Code.UNAVAILABLE, Reason.DRAINING);
  }

  @Test
  void drainsAfterTheUtteranceInProgress() {
    DetectClient client =
        DetectClient.configured(vad.channel()).send(Speech.vowel(Duration.ofSeconds(1)));
    client.awaitStarts(1);

    vad.service.drain(Duration.ofSeconds(10));
    assertThat(client.isOver()).isFalse();
    client.send(new short[16000]);

    client.assertRefused(Status.Code.UNAVAILABLE, Reason.DRAINING);
    assertThat(client.ended()).hasSize(1);
  }

  @Test
  void doesNotWaitForAnUtteranceLongerThanItsPatience() {
    DetectClient client =
        DetectClient.configured(vad.channel()).send(Speech.vowel(Duration.ofSeconds(1)));
    client.awaitStarts(1);
    vad.service.drain(Duration.ofSeconds(10));

    vad.scheduler.advance(Duration.ofSeconds(10));

    client.assertRefused(Status.Code.UNAVAILABLE, Reason.DRAINING);
    assertThat(client.ended()).isEmpty();
  }

  @Test
  void refusesNewStreamsOnceDraining() {
    vad.service.drain(Duration.ofSeconds(10));

    DetectClient.configured(vad.channel()).assertRefused(Status.Code.UNAVAILABLE, Reason.DRAINING);
  }

  @Test
  void mintsATraceForEachUtterance() {
    DetectClient client =
        DetectClient.configured(vad.channel())
            .send(Speech.utterance())
            .send(Speech.utterance())
            .halfClose();
    assertThat(client.status().isOk()).isTrue();

    List<SpanData> spans = OTEL.getSpans();
    assertThat(spans).hasSize(2).allMatch(span -> span.getName().equals(UtteranceTrace.SPAN));
    for (int i = 0; i < 2; i++) {
      SpanData span = spans.get(i);
      assertThat(client.started().get(i).getTraceParent())
          .startsWith("00-" + span.getTraceId() + "-" + span.getSpanId() + "-0");
      assertThat(span.getParentSpanContext().isValid()).isFalse();
      assertThat(Duration.ofNanos(span.getEndEpochNanos() - span.getStartEpochNanos()))
          .as("it began when the speech did, before it could be announced")
          .isGreaterThanOrEqualTo(Duration.ofMillis(100));
    }
    assertThat(spans.get(0).getTraceId()).isNotEqualTo(spans.get(1).getTraceId());
  }

  private SpanData onlySpan() {
    await("the span of the utterance").until(() -> !OTEL.getSpans().isEmpty());
    assertThat(OTEL.getSpans()).hasSize(1);
    return OTEL.getSpans().get(0);
  }

  private static DetectConfig with(EndpointingConfig.Builder endpointing) {
    return DetectConfig.newBuilder().setSampleRateHertz(16000).setEndpointing(endpointing).build();
  }
}
