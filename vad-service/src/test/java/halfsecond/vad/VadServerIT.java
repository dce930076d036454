// SPDX-License-Identifier: Apache-2.0
package halfsecond.vad;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.typesafe.config.ConfigFactory;
import halfsecond.common.concurrent.NamedThreads;
import halfsecond.common.error.Reason;
import halfsecond.common.lifecycle.StartException;
import halfsecond.common.rpc.ChannelConfig;
import halfsecond.common.rpc.GrpcChannels;
import halfsecond.common.telemetry.Telemetry;
import halfsecond.vad.rpc.DetectClient;
import halfsecond.vad.rpc.Speech;
import halfsecond.vad.telemetry.VadMetrics;
import halfsecond.vad.v1.DetectConfig;
import halfsecond.vad.webrtc.HandleCounts;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The whole service on a port of its own. */
class VadServerIT {
  @RegisterExtension static final OpenTelemetryExtension OTEL = OpenTelemetryExtension.create();

  private final long handlesBefore = HandleCounts.live();
  private final ExecutorService callbacks = NamedThreads.fixed("vad-client", 2);
  private VadServer server;
  private ManagedChannel channel;

  @BeforeEach
  void start() {
    server = VadServer.start(config(0), Telemetry.over(OTEL.getOpenTelemetry()));
    channel = GrpcChannels.open(ChannelConfig.loopback(server.port()), Telemetry.noop(), callbacks);
  }

  @AfterEach
  void stop() {
    channel.shutdownNow();
    server.close();
    callbacks.shutdownNow();
    assertThat(HandleCounts.live()).isEqualTo(handlesBefore);
  }

  @Test
  void findsAnUtteranceInAudioThatArrivesInPieces() {
    DetectClient client = DetectClient.configured(channel);
    short[] audio = Speech.utterance();
    for (int at = 0; at < audio.length; at += 1000) {
      client.send(Arrays.copyOfRange(audio, at, Math.min(audio.length, at + 1000)));
    }
    client.halfClose();

    assertThat(client.status().isOk()).isTrue();
    assertThat(client.started()).hasSize(1);
    assertThat(client.ended()).hasSize(1);
    assertThat(client.started().get(0).getTraceParent())
        .matches("00-[0-9a-f]{32}-[0-9a-f]{16}-0[13]");
  }

  @Test
  void staysServiceableAfterBadInput() {
    DetectClient.open(channel)
        .send(new byte[640])
        .assertRefused(Status.Code.INVALID_ARGUMENT, Reason.CONFIG_MISSING);
    DetectClient.configured(channel)
        .send(DetectConfig.newBuilder().setSampleRateHertz(16000).build())
        .assertRefused(Status.Code.INVALID_ARGUMENT, Reason.CONFIG_REPEATED);
    DetectClient.open(channel)
        .send(DetectConfig.getDefaultInstance())
        .assertRefused(Status.Code.INVALID_ARGUMENT, Reason.AUDIO_INVALID);
    DetectClient.configured(channel)
        .send(new byte[3])
        .halfClose()
        .assertRefused(Status.Code.INVALID_ARGUMENT, Reason.AUDIO_INVALID);
    DetectClient.configured(channel)
        .send(new byte[256 * 1024 + 2])
        .assertRefused(Status.Code.RESOURCE_EXHAUSTED, Reason.MESSAGE_TOO_LARGE);
    DetectClient huge = DetectClient.configured(channel).send(new byte[10 * 1024 * 1024]);
    assertThat(huge.status().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);

    findsAnUtteranceInAudioThatArrivesInPieces();
  }

  @Test
  void freesTheHandleOfAClientThatVanishesWithinAnUtterance() {
    DetectClient client =
        DetectClient.configured(channel).send(Speech.vowel(Duration.ofSeconds(1)));
    client.awaitStarts(1);
    assertThat(HandleCounts.live()).isEqualTo(handlesBefore + 1);

    channel.shutdownNow();

    await("the handle is freed").until(() -> HandleCounts.live() == handlesBefore);
  }

  @Test
  void letsTheUtteranceInProgressEndBeforeItStops() {
    DetectClient client =
        DetectClient.configured(channel).send(Speech.vowel(Duration.ofSeconds(1)));
    client.awaitStarts(1);
    Thread stopping = new Thread(server::close);
    stopping.start();
    await("new streams are refused").until(this::refusesNewStreams);
    assertThat(client.isOver()).isFalse();

    client.send(new short[16000]);

    client.assertRefused(Status.Code.UNAVAILABLE, Reason.DRAINING);
    assertThat(client.ended()).hasSize(1);
    await("the server stops").until(() -> !stopping.isAlive());
  }

  @Test
  void endsAnUtteranceThatOutlastsTheGrace() {
    DetectClient client =
        DetectClient.configured(channel).send(Speech.vowel(Duration.ofSeconds(1)));
    client.awaitStarts(1);

    server.close();

    client.assertRefused(Status.Code.UNAVAILABLE, Reason.DRAINING);
    assertThat(client.ended()).isEmpty();
  }

  @Test
  void exposesTheMetricsThatItNames() {
    findsAnUtteranceInAudioThatArrivesInPieces();

    Set<String> names =
        OTEL.getMetrics().stream()
            .map(MetricData::getName)
            .filter(name -> name.startsWith("halfsecond.vad."))
            .collect(Collectors.toSet());
    assertThat(names)
        .containsExactlyInAnyOrder(
            VadMetrics.STREAMS_ACTIVE,
            VadMetrics.UTTERANCES,
            VadMetrics.CLIP_DURATION,
            VadMetrics.MESSAGE_PROCESSING,
            VadMetrics.NATIVE_HANDLES,
            VadMetrics.NATIVE_HANDLES_LEAKED);
    MetricData utterances =
        OTEL.getMetrics().stream()
            .filter(metric -> metric.getName().equals(VadMetrics.UTTERANCES))
            .findFirst()
            .orElseThrow();
    assertThat(utterances.getLongSumData().getPoints())
        .allMatch(point -> "end_of_speech".equals(point.getAttributes().get(VadMetrics.REASON)));
  }

  @Test
  void saysWhichPortIsTaken() {
    assertThatExceptionOfType(StartException.class)
        .isThrownBy(() -> VadServer.start(config(server.port()), Telemetry.noop()))
        .withMessageContaining(Integer.toString(server.port()));
  }

  private boolean refusesNewStreams() {
    DetectClient late = DetectClient.configured(channel);
    return !late.halfClose().status().isOk();
  }

  /**
   * Streams are ended after three quarters of the grace; the rest is for a machine that is busy.
   */
  private static VadConfig config(int port) {
    return VadConfig.load(
        ConfigFactory.parseMap(
                Map.of(
                    "halfsecond.vad.server.port", port, "halfsecond.vad.server.drain.grace", "8 s"))
            .withFallback(ConfigFactory.defaultReference()));
  }
}
