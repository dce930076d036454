// SPDX-License-Identifier: Apache-2.0
package halfsecond.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import com.google.protobuf.util.Durations;
import com.google.rpc.Code;
import halfsecond.router.backend.RouterFixture;
import halfsecond.router.backend.ScriptedAsr;
import halfsecond.router.backend.ScriptedVad;
import halfsecond.router.backend.ScriptedVad.Speech;
import halfsecond.router.backend.TestClient;
import halfsecond.speech.v1.EndpointingMode;
import halfsecond.speech.v1.Finality;
import halfsecond.speech.v1.LatencyBreakdown;
import halfsecond.speech.v1.RecognitionConfig;
import halfsecond.speech.v1.RecognizeRequest;
import halfsecond.speech.v1.RecognizeResponse;
import halfsecond.speech.v1.SpeechMarker;
import halfsecond.speech.v1.SpeechServiceGrpc;
import halfsecond.speech.v1.StreamingRecognitionConfig;
import halfsecond.speech.v1.StreamingRecognizeRequest;
import halfsecond.speech.v1.StreamingRecognizeResponse;
import halfsecond.speech.v1.TrafficClass;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The whole router between scripted backends, over real connections. */
final class RouterServerIT {
  private final RouterFixture fixture = new RouterFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  private static ConditionFactory soon() {
    return await().atMost(TestClient.patience()).pollInterval(Duration.ofMillis(5));
  }

  /** A session is only accepted once the models are known; the first one waits for that. */
  private RouterFixture started(String hocon) {
    fixture.vad.speech = List.of(Speech.millis(500, 1500), Speech.millis(2000, 2600));
    return fixture.start(hocon);
  }

  private TestClient open(StreamingRecognitionConfig.Builder config) {
    return TestClient.open(fixture.channel(), config.build());
  }

  private static StreamingRecognitionConfig.Builder batch() {
    StreamingRecognitionConfig.Builder plain = TestClient.plain();
    plain.getConfigBuilder().setTrafficClass(TrafficClass.TRAFFIC_CLASS_BATCH);
    return plain;
  }

  @Test
  void answersEveryUtteranceOfASession() throws Exception {
    started("");
    TestClient client =
        open(TestClient.plain().setInterimResults(true).setEnableVoiceActivityEvents(true));
    client.audio(3000).halfClose();

    assertThat(client.status()).isEqualTo(Status.Code.OK);
    // 300 ms to 1700 ms and 1800 ms to 2800 ms.
    assertThat(client.transcripts())
        .containsExactly("clip of 22400 samples", "clip of 16000 samples");
    assertThat(client.responses.get(0).hasSession()).isTrue();
    assertThat(client.responses.stream().filter(StreamingRecognizeResponse::hasSpeechEvent))
        .hasSize(4);
    LatencyBreakdown latency = client.finals().get(0).getLatency();
    assertThat(latency.getTraceId()).isEqualTo(ScriptedVad.TRACE);
    assertThat(latency.getBudget()).isEqualTo(Durations.fromMillis(500));
    assertThat(
            List.of(
                latency.getEndpointDecided(),
                latency.getRouted(),
                latency.getDecodeDone(),
                latency.getSent()))
        .isSortedAccordingTo(Durations.comparator());
    assertThat(fixture.asr.limits).containsExactly(true, true);
  }

  @Test
  void finishesTheUtteranceInProgressOnHalfCloseAndOnFinalize() throws Exception {
    started("");
    TestClient client = open(TestClient.plain()).audio(1000).finalizeNow();
    soon().until(() -> client.finals().size() == 1);
    client.audio(1300).halfClose();

    assertThat(client.status()).isEqualTo(Status.Code.OK);
    assertThat(client.finals())
        .extracting(result -> result.getFinality())
        .containsExactly(Finality.FINALITY_CLIENT_FINALIZE, Finality.FINALITY_STREAM_END);
  }

  @Test
  void takesTheClientsWordForItWhereSpeechIs() throws Exception {
    started("");
    TestClient client =
        open(TestClient.plain().setEndpointingMode(EndpointingMode.ENDPOINTING_MODE_CLIENT));
    client.audio(500).send(marker(SpeechMarker.Kind.KIND_SPEECH_START));
    client.audio(1000).send(marker(SpeechMarker.Kind.KIND_SPEECH_END)).audio(500).halfClose();

    assertThat(client.status()).isEqualTo(Status.Code.OK);
    assertThat(client.transcripts()).containsExactly("clip of 16000 samples");
    assertThat(fixture.vad.opened).hasValue(0);
  }

  private static StreamingRecognizeRequest marker(SpeechMarker.Kind kind) {
    return StreamingRecognizeRequest.newBuilder()
        .setSpeechMarker(SpeechMarker.newBuilder().setKind(kind))
        .build();
  }

  @Test
  void losesNothingWhenRecognitionDies() throws Exception {
    started("");
    fixture.asr.mode = ScriptedAsr.Mode.DIES_ONCE;
    TestClient client = open(TestClient.plain()).audio(3000).halfClose();

    assertThat(client.status()).isEqualTo(Status.Code.OK);
    assertThat(client.rejections()).isEmpty();
    assertThat(client.transcripts())
        .containsExactly("clip of 22400 samples", "clip of 16000 samples");
    assertThat(client.finals().get(0).getLatency().getAttempts()).isEqualTo(2);
    assertThat(client.finals().get(1).getLatency().getAttempts()).isEqualTo(1);
    assertThat(fixture.asr.opened).hasValue(3);
  }

  @Test
  void refusesAudioThatTookTwoBackendsWithItAndDoesNotTryItAgain() throws Exception {
    started("");
    fixture.asr.mode = ScriptedAsr.Mode.DIES;
    TestClient client = open(TestClient.plain()).audio(1800);
    soon().until(() -> client.rejections().size() == 1);
    // All of the client's audio is the same, so the second utterance begins like the first.
    client.audio(1200).halfClose();

    assertThat(client.status()).isEqualTo(Status.Code.OK);
    assertThat(client.rejections()).hasSize(2);
    assertThat(fixture.asr.opened).hasValue(2);
    com.google.rpc.Status status = client.rejections().get(1).getStatus();
    assertThat(status.getCode()).isEqualTo(Code.UNAVAILABLE_VALUE);
    assertThat(TestClient.reasonOf(status)).isEqualTo("REPLAY_EXHAUSTED");
  }

  @Test
  void sendsOneFinalWhenRecognitionSendsTwo() throws Exception {
    started("");
    fixture.asr.mode = ScriptedAsr.Mode.ANSWERS_TWICE;
    TestClient client = open(TestClient.plain()).audio(3000).halfClose();

    assertThat(client.status()).isEqualTo(Status.Code.OK);
    assertThat(client.finals()).hasSize(2);
  }

  @Test
  void keepsTheOrderWhenFinalsComeInAnother() throws Exception {
    started("");
    fixture.asr.mode = ScriptedAsr.Mode.HOLDS;
    TestClient client = open(batch()).audio(3000);
    soon().until(() -> fixture.asr.held() == 2);
    assertThat(client.finals()).isEmpty();
    fixture.asr.release();
    client.halfClose();

    assertThat(client.status()).isEqualTo(Status.Code.OK);
    assertThat(client.transcripts())
        .containsExactly("clip of 22400 samples", "clip of 16000 samples");
  }

  @Test
  void endsTheSessionWhenItsDetectorDies() throws Exception {
    started("");
    fixture.vad.diesAt = 16_000;
    TestClient client = open(TestClient.plain()).audio(1500);

    assertThat(client.status()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(client.reason()).isEqualTo("BACKEND_UNAVAILABLE");
    assertThat(client.rejections()).hasSize(1);
    soon().until(() -> fixture.asr.open.get() == 0);
  }

  @Test
  void freesEverythingWhenTheClientVanishesMidWord() throws Exception {
    started("halfsecond.router.limits.max-sessions = 1");
    fixture.asr.mode = ScriptedAsr.Mode.HOLDS;
    TestClient client = open(TestClient.plain()).audio(1000);
    soon().until(() -> fixture.asr.opened.get() == 1);
    client.cancel();

    soon().until(() -> fixture.asr.open.get() == 0 && fixture.vad.open.get() == 0);
    assertThat(fixture.asr.cancelled).hasValue(1);
    fixture.asr.mode = ScriptedAsr.Mode.ANSWERS;
    soon()
        .untilAsserted(
            () -> {
              TestClient next = open(TestClient.plain()).audio(1800).halfClose();
              assertThat(next.status()).isEqualTo(Status.Code.OK);
            });
  }

  @Test
  void cutsAClientThatNeverReadsAfterTakingLittleFromIt() throws Exception {
    started("halfsecond.router.limits.unread-output = 300 ms");
    // So many utterances that their answers do not fit into the connection's windows.
    List<Speech> chatter = new ArrayList<>();
    for (int second = 1; second < 3000; second++) {
      chatter.add(Speech.millis(second * 1000L, second * 1000L + 300));
    }
    fixture.vad.speech = chatter;
    TestClient client = TestClient.deaf(fixture.channel(), batch().setInterimResults(true).build());
    long sent = 0;
    long idleSince = System.nanoTime();
    while (!client.over() && System.nanoTime() - idleSince < 2_000_000_000L && sent < 80_000_000) {
      if (client.isReady()) {
        client.bytes(32_000);
        sent += 32_000;
        idleSince = System.nanoTime();
      } else {
        Thread.onSpinWait();
      }
    }

    // The session held back: it took minutes of audio at most, and its backends were let go.
    assertThat(sent).isLessThan(80_000_000);
    soon().until(() -> fixture.vad.open.get() == 0 && fixture.asr.open.get() == 0);
  }

  @Test
  void takesNoMoreThanItsBoundsWhileRecognitionReadsNothing() {
    started("");
    fixture.vad.speech = List.of(Speech.millis(500, 600_000));
    fixture.asr.mode = ScriptedAsr.Mode.NEVER_READS;
    TestClient client = open(batch());
    pour(client, 600);

    // Half a second before the speech, the windows of recognition's connection, and what may be
    // unforwarded and unjudged.
    assertThat(fixture.vad.received.get()).isLessThan(16_000L * 60);
    client.cancel();
  }

  @Test
  void takesNoMoreThanItsBoundsWhileTheDetectorReadsNothing() {
    started("");
    fixture.vad.reads = false;
    TestClient client = open(batch());
    long sent = pour(client, 600);

    assertThat(sent).isLessThan(16_000L * 2 * 60);
    client.cancel();
  }

  /**
   * Sends BATCH audio as fast as it is taken, until nothing has been taken for half a second;
   * returns the bytes.
   */
  private static long pour(TestClient client, int seconds) {
    long sent = 0;
    long stuckSince = System.nanoTime();
    while (sent < seconds * 32_000L && System.nanoTime() - stuckSince < 500_000_000L) {
      if (client.isReady()) {
        client.bytes(16_000);
        sent += 16_000;
        stuckSince = System.nanoTime();
      } else {
        Thread.onSpinWait();
      }
    }
    return sent;
  }

  @Test
  void takesBatchAsFastAsItIsProcessed() throws Exception {
    started("");
    List<Speech> many = new ArrayList<>();
    for (int second = 1; second < 100; second++) {
      many.add(Speech.millis(second * 1000L, second * 1000L + 500));
    }
    fixture.vad.speech = many;
    TestClient client = open(batch());
    long sent = pour(client, 100);
    client.halfClose();

    assertThat(sent).isEqualTo(100 * 32_000L);
    assertThat(client.status()).isEqualTo(Status.Code.OK);
    assertThat(client.finals()).hasSize(99);
    assertThat(fixture.asr.limits).containsOnly(false);
  }

  @Test
  void drainsOpenSessionsAndThenStops() throws Exception {
    started("halfsecond.router.limits.drain-notice = 100 ms");
    TestClient client = open(TestClient.plain()).audio(1000);
    soon().until(() -> fixture.asr.opened.get() == 1);
    Thread stopping = new Thread(fixture::stopRouter);
    stopping.start();
    soon().until(() -> client.responses.stream().anyMatch(StreamingRecognizeResponse::hasDraining));
    client.audio(800);

    assertThat(client.status()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(client.reason()).isEqualTo("DRAINING");
    assertThat(client.transcripts()).containsExactly("clip of 22400 samples");
    stopping.join();
  }

  @Test
  void refusesASessionMoreThanItHasRoomFor() throws Exception {
    started("halfsecond.router.limits.max-sessions = 1");
    TestClient first = open(TestClient.plain());
    soon().until(() -> !first.responses.isEmpty());
    TestClient second = open(TestClient.plain());

    assertThat(second.status()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    assertThat(second.reason()).isEqualTo("SATURATED");
    first.cancel();
  }

  @Test
  void endsSilentSessionsAndStreamsWithoutAConfig() throws Exception {
    started(
        """
        halfsecond.router.limits { silence = 200 ms, config-within = 200 ms }
        """);
    TestClient silent = open(TestClient.plain()).audio(100);
    TestClient wordless = TestClient.silent(fixture.channel());

    assertThat(silent.status()).isEqualTo(Status.Code.OUT_OF_RANGE);
    assertThat(silent.reason()).isEqualTo("AUDIO_TIMEOUT");
    assertThat(wordless.status()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(wordless.reason()).isEqualTo("CONFIG_MISSING");
  }

  @Test
  void findsAModelThatWasLoadedAfterItStarted() throws Exception {
    started("");
    StreamingRecognitionConfig.Builder config = TestClient.plain();
    config.getConfigBuilder().setModel("en-big");
    TestClient early = open(config);
    assertThat(early.status()).isEqualTo(Status.Code.NOT_FOUND);
    assertThat(early.reason()).isEqualTo("MODEL_NOT_FOUND");

    fixture.asr.models = List.of("en-small@1", "en-big@3");
    TestClient late = open(config).audio(1800).halfClose();
    assertThat(late.status()).isEqualTo(Status.Code.OK);
    assertThat(late.finals().get(0).getModelVersion()).isEqualTo("en-big@3");
  }

  @Test
  void recognizesAWholeClipThroughTheSamePath() {
    started("");
    RecognizeResponse response =
        stub().recognize(clip(3000, RecognitionConfig.newBuilder().setSampleRateHertz(16_000)));

    assertThat(response.getResultsList())
        .extracting(result -> result.getAlternatives(0).getTranscript())
        .containsExactly("clip of 22400 samples", "clip of 16000 samples");
    assertThat(response.getResults(0).getLatency().hasBudget()).isFalse();
    assertThat(response.getAudioDuration().getSeconds()).isEqualTo(3);
    assertThat(fixture.asr.limits).containsOnly(false);
  }

  @Test
  void findsNothingInSilence() {
    started("");
    RecognitionConfig.Builder config = RecognitionConfig.newBuilder().setSampleRateHertz(16_000);

    assertThat(stub().recognize(clip(400, config)).getResultsList()).isEmpty();
    assertThat(stub().recognize(clip(0, config)).getResultsList()).isEmpty();
  }

  @Test
  void refusesAClipThatIsTooLongOrTooLarge() {
    started("");
    RecognitionConfig.Builder slow = RecognitionConfig.newBuilder().setSampleRateHertz(8_000);

    assertThatThrownBy(() -> stub().recognize(clip(30_100, slow)))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.OUT_OF_RANGE));
    assertThatThrownBy(() -> stub().recognize(clip(65_600, slow)))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED));
  }

  private SpeechServiceGrpc.SpeechServiceBlockingStub stub() {
    return SpeechServiceGrpc.newBlockingStub(fixture.channel());
  }

  /** So many milliseconds of 16 kHz LINEAR16, whatever the config says. */
  private static RecognizeRequest clip(int millis, RecognitionConfig.Builder config) {
    return RecognizeRequest.newBuilder()
        .setConfig(config.setEncoding(RecognitionConfig.AudioEncoding.AUDIO_ENCODING_LINEAR16))
        .setAudio(ByteString.copyFrom(new byte[millis * 32]))
        .build();
  }
}
