// SPDX-License-Identifier: Apache-2.0
package halfsecond.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.google.protobuf.ByteString;
import com.google.protobuf.util.Durations;
import com.google.rpc.Status;
import halfsecond.router.backend.RouterFixture;
import halfsecond.router.backend.ScriptedVad.Speech;
import halfsecond.router.backend.TestClient;
import halfsecond.speech.v1.ClientContext;
import halfsecond.speech.v1.EndpointingConfig;
import halfsecond.speech.v1.EndpointingMode;
import halfsecond.speech.v1.RecognitionConfig;
import halfsecond.speech.v1.RecognizeRequest;
import halfsecond.speech.v1.SpeechMarker;
import halfsecond.speech.v1.SpeechServiceGrpc;
import halfsecond.speech.v1.StreamingRecognitionConfig;
import halfsecond.speech.v1.StreamingRecognizeRequest;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Everything a client may get wrong has its status and its reason, and the service goes on. */
final class BadInputIT {
  private static final RouterFixture FIXTURE = new RouterFixture();

  @BeforeAll
  static void start() {
    FIXTURE.vad.speech = List.of(Speech.millis(500, 1500));
    RouterFixture unused = FIXTURE.start("");
  }

  @AfterAll
  static void stop() {
    FIXTURE.close();
  }

  @AfterEach
  void stillServes() throws Exception {
    TestClient client =
        TestClient.open(FIXTURE.channel(), TestClient.plain().build()).audio(1800).halfClose();
    assertThat(client.status()).isEqualTo(Code.OK);
    assertThat(client.finals()).hasSize(1);
  }

  private static Consumer<TestClient> configured(Consumer<StreamingRecognitionConfig.Builder> how) {
    StreamingRecognitionConfig.Builder config = TestClient.plain();
    how.accept(config);
    return client -> client.config(config.build());
  }

  private static Consumer<TestClient> recognizing(Consumer<RecognitionConfig.Builder> how) {
    return configured(config -> how.accept(config.getConfigBuilder()));
  }

  private static Consumer<TestClient> afterConfig(Consumer<TestClient> then) {
    return configured(config -> {}).andThen(then);
  }

  static Stream<Arguments> streams() {
    Consumer<TestClient> early = client -> client.bytes(320);
    Consumer<TestClient> nothing = TestClient::halfClose;
    return Stream.of(
        arguments("audio before config", early, Code.INVALID_ARGUMENT, "CONFIG_MISSING"),
        arguments("nothing at all", nothing, Code.INVALID_ARGUMENT, "CONFIG_MISSING"),
        arguments(
            "config twice",
            afterConfig(c -> c.config(TestClient.plain().build())),
            Code.INVALID_ARGUMENT,
            "CONFIG_REPEATED"),
        arguments(
            "rate 0",
            recognizing(c -> c.setSampleRateHertz(0)),
            Code.INVALID_ARGUMENT,
            "AUDIO_INVALID"),
        arguments(
            "rate 384000",
            recognizing(c -> c.setSampleRateHertz(384_000)),
            Code.INVALID_ARGUMENT,
            "AUDIO_INVALID"),
        arguments(
            "no encoding",
            recognizing(c -> c.clearEncoding()),
            Code.INVALID_ARGUMENT,
            "AUDIO_INVALID"),
        arguments(
            "odd bytes",
            afterConfig(c -> c.bytes(321).halfClose()),
            Code.INVALID_ARGUMENT,
            "AUDIO_INVALID"),
        arguments(
            "unknown model",
            recognizing(c -> c.setModel("nobody@7")),
            Code.NOT_FOUND,
            "MODEL_NOT_FOUND"),
        arguments(
            "model that is a path",
            recognizing(c -> c.setModel("../../etc/passwd\n")),
            Code.NOT_FOUND,
            "MODEL_NOT_FOUND"),
        arguments(
            "language of another model",
            recognizing(c -> c.setLanguageCode("de-DE")),
            Code.INVALID_ARGUMENT,
            "FIELD_INVALID"),
        arguments(
            "garbage phrases",
            recognizing(c -> c.addPhrases("[\"unterminated")),
            Code.INVALID_ARGUMENT,
            "PHRASES_INVALID"),
        arguments(
            "phrases of an engine",
            recognizing(c -> c.addPhrases("<eps>")),
            Code.INVALID_ARGUMENT,
            "PHRASES_INVALID"),
        arguments(
            "too many phrases",
            recognizing(c -> c.addAllPhrases(Collections.nCopies(501, "yes"))),
            Code.INVALID_ARGUMENT,
            "PHRASES_INVALID"),
        arguments(
            "stereo",
            recognizing(c -> c.setAudioChannelCount(2)),
            Code.INVALID_ARGUMENT,
            "FIELD_INVALID"),
        arguments(
            "11 alternatives",
            recognizing(c -> c.setMaxAlternatives(11)),
            Code.INVALID_ARGUMENT,
            "FIELD_INVALID"),
        arguments(
            "a long user key",
            recognizing(c -> c.setContext(ClientContext.newBuilder().setUserKey("k".repeat(101)))),
            Code.INVALID_ARGUMENT,
            "FIELD_INVALID"),
        arguments(
            "a budget of 100 ms",
            configured(c -> c.setLatencyBudget(Durations.fromMillis(100))),
            Code.INVALID_ARGUMENT,
            "FIELD_INVALID"),
        arguments(
            "a hangover of an hour",
            configured(
                c ->
                    c.setEndpointing(
                        EndpointingConfig.newBuilder().setHangover(Durations.fromHours(1)))),
            Code.INVALID_ARGUMENT,
            "FIELD_INVALID"),
        arguments(
            "endpointing settings with client-side endpointing",
            configured(
                c ->
                    c.setEndpointingMode(EndpointingMode.ENDPOINTING_MODE_CLIENT)
                        .setEndpointing(EndpointingConfig.getDefaultInstance())),
            Code.INVALID_ARGUMENT,
            "FIELD_INVALID"),
        arguments(
            "a marker without client-side endpointing",
            afterConfig(
                c ->
                    c.send(
                        StreamingRecognizeRequest.newBuilder()
                            .setSpeechMarker(
                                SpeechMarker.newBuilder()
                                    .setKind(SpeechMarker.Kind.KIND_SPEECH_START))
                            .build())),
            Code.INVALID_ARGUMENT,
            "MESSAGE_UNEXPECTED"),
        arguments(
            "a message without a part",
            afterConfig(c -> c.send(StreamingRecognizeRequest.getDefaultInstance())),
            Code.INVALID_ARGUMENT,
            "FIELD_INVALID"),
        arguments(
            "a message of 65 KiB",
            afterConfig(c -> c.bytes(65 * 1024)),
            Code.RESOURCE_EXHAUSTED,
            "MESSAGE_TOO_LARGE"),
        arguments(
            "a message of 10 MB",
            afterConfig(c -> c.bytes(10_000_000)),
            Code.RESOURCE_EXHAUSTED,
            "MESSAGE_TOO_LARGE"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("streams")
  void endsTheStreamWithAReason(
      String name, Consumer<TestClient> behaviour, Code code, String reason) throws Exception {
    TestClient client = TestClient.silent(FIXTURE.channel());
    behaviour.accept(client);

    assertThat(client.status()).isEqualTo(code);
    assertThat(client.reason()).isEqualTo(reason);
  }

  @Test
  void endsWellWithNothingButAConfig() throws Exception {
    TestClient client = TestClient.open(FIXTURE.channel(), TestClient.plain().build()).halfClose();

    assertThat(client.status()).isEqualTo(Code.OK);
    assertThat(client.responses).hasSize(1);
    assertThat(client.responses.get(0).hasSession()).isTrue();
  }

  static Stream<Arguments> clips() {
    byte[] good = wav(1, 16_000, 16, 32_000);
    byte[] truncated = java.util.Arrays.copyOf(good, 20);
    return Stream.of(
        arguments("a truncated header", truncated, RecognitionConfig.newBuilder()),
        arguments("a header of rate 0", wav(1, 0, 16, 320), RecognitionConfig.newBuilder()),
        arguments(
            "a header of 255 channels", wav(255, 16_000, 16, 320), RecognitionConfig.newBuilder()),
        arguments("24 bits", wav(1, 16_000, 24, 320), RecognitionConfig.newBuilder()),
        arguments(
            "a header that disagrees with the config",
            good,
            RecognitionConfig.newBuilder().setSampleRateHertz(8_000)),
        arguments("no header and no encoding", new byte[320], RecognitionConfig.newBuilder()),
        arguments(
            "odd bytes",
            new byte[321],
            RecognitionConfig.newBuilder()
                .setEncoding(RecognitionConfig.AudioEncoding.AUDIO_ENCODING_LINEAR16)
                .setSampleRateHertz(16_000)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("clips")
  void refusesAClipThatIsNotWhatItSays(
      String name, byte[] audio, RecognitionConfig.Builder config) {
    try {
      var response =
          SpeechServiceGrpc.newBlockingStub(FIXTURE.channel())
              .recognize(
                  RecognizeRequest.newBuilder()
                      .setConfig(config)
                      .setAudio(ByteString.copyFrom(audio))
                      .build());
      throw new AssertionError("accepted: " + response.getAudioDuration());
    } catch (StatusRuntimeException e) {
      Status status = Objects.requireNonNull(StatusProto.fromThrowable(e));
      assertThat(status.getCode()).isEqualTo(Code.INVALID_ARGUMENT.value());
      assertThat(TestClient.reasonOf(status)).isEqualTo("AUDIO_INVALID");
    }
  }

  @Test
  void understandsAWavFileWithoutAnyConfig() {
    var response =
        SpeechServiceGrpc.newBlockingStub(FIXTURE.channel())
            .recognize(
                RecognizeRequest.newBuilder()
                    .setConfig(RecognitionConfig.getDefaultInstance())
                    .setAudio(ByteString.copyFrom(wav(1, 16_000, 16, 64_000)))
                    .build());

    assertThat(response.getAudioDuration().getSeconds()).isEqualTo(2);
    assertThat(response.getResultsList()).hasSize(1);
  }

  private static byte[] wav(int channels, int rate, int bits, int bytes) {
    ByteBuffer file = ByteBuffer.allocate(44 + bytes).order(ByteOrder.LITTLE_ENDIAN);
    file.put("RIFF".getBytes(java.nio.charset.StandardCharsets.US_ASCII)).putInt(36 + bytes);
    file.put("WAVEfmt ".getBytes(java.nio.charset.StandardCharsets.US_ASCII)).putInt(16);
    file.putShort((short) 1).putShort((short) channels).putInt(rate);
    file.putInt(rate * channels * bits / 8).putShort((short) (channels * bits / 8));
    file.putShort((short) bits);
    file.put("data".getBytes(java.nio.charset.StandardCharsets.US_ASCII)).putInt(bytes);
    return file.array();
  }
}
