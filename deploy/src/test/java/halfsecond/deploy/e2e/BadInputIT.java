// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import halfsecond.deploy.client.SessionResult;
import halfsecond.deploy.client.SpeechClient;
import halfsecond.deploy.client.SpeechSession;
import halfsecond.deploy.client.WireFormat;
import halfsecond.deploy.pipeline.EmbeddedPipeline;
import halfsecond.speech.v1.RecognitionConfig;
import halfsecond.speech.v1.RecognitionConfig.AudioEncoding;
import halfsecond.speech.v1.RecognizeRequest;
import halfsecond.speech.v1.StreamingRecognitionConfig;
import halfsecond.speech.v1.StreamingRecognizeRequest;
import halfsecond.testing.TestAudio;
import halfsecond.testing.WavFile;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Clients that break the rules: each is told which rule, and the next client notices nothing. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputIT {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final short[] NOISE = TestAudio.whiteNoise(7, -20, Duration.ofSeconds(1));

  private EmbeddedPipeline pipeline;
  private SpeechClient client;

  @BeforeAll
  void start() throws Exception {
    pipeline = Pipelines.inOneJvm();
    client = Pipelines.client(pipeline);
  }

  @AfterAll
  void stop() {
    client.close();
    pipeline.close();
  }

  @AfterEach
  void stillServes() throws Exception {
    assertThat(Sample.transcribe(client)).isEqualTo(Sample.transcript());
  }

  @Test
  void audioBeforeConfig() throws Exception {
    try (SpeechSession session = client.openWithoutConfig(answer -> {})) {
      session.send(ByteString.copyFrom(SpokenAudio.littleEndian(NOISE)));

      assertEnded(session, Code.INVALID_ARGUMENT, "CONFIG_MISSING");
    }
  }

  @Test
  void configTwice() throws Exception {
    try (SpeechSession session = client.open(config(16_000), answer -> {})) {
      session.send(
          StreamingRecognizeRequest.newBuilder().setStreamingConfig(config(16_000)).build());

      assertEnded(session, Code.INVALID_ARGUMENT, "CONFIG_REPEATED");
    }
  }

  @Test
  void nothingAtAll() throws Exception {
    try (SpeechSession session = client.openWithoutConfig(answer -> {})) {
      session.halfClose();

      assertEnded(session, Code.INVALID_ARGUMENT, "CONFIG_MISSING");
    }
  }

  @Test
  void rateZero() throws Exception {
    try (SpeechSession session = client.open(config(0), answer -> {})) {
      assertEndedWithCode(session, Code.INVALID_ARGUMENT);
    }
  }

  @Test
  void negativeAndHugeRates() throws Exception {
    for (int rate : List.of(-16_000, 1, 7_999, 48_001, Integer.MAX_VALUE)) {
      try (SpeechSession session = client.open(config(rate), answer -> {})) {
        assertEndedWithCode(session, Code.INVALID_ARGUMENT);
      }
    }
  }

  @Test
  void oddBytes() throws Exception {
    try (SpeechSession session = client.open(config(16_000), answer -> {})) {
      session.send(ByteString.copyFrom(new byte[1_001]));
      session.halfClose();

      assertEnded(session, Code.INVALID_ARGUMENT, "AUDIO_INVALID");
    }
  }

  @Test
  void tenMegabytesInOneMessage() throws Exception {
    try (SpeechSession session = client.open(config(16_000), answer -> {})) {
      session.send(ByteString.copyFrom(new byte[10 << 20]));

      assertEndedWithCode(session, Code.RESOURCE_EXHAUSTED);
    }
  }

  @Test
  void moreThan64KibibytesInOneMessage() throws Exception {
    try (SpeechSession session = client.open(config(16_000), answer -> {})) {
      session.send(ByteString.copyFrom(new byte[(64 << 10) + 2]));

      assertEnded(session, Code.RESOURCE_EXHAUSTED, "MESSAGE_TOO_LARGE");
    }
  }

  @Test
  void unknownModel() throws Exception {
    for (String model : List.of("klingon", "en-small@999", "../../etc/passwd", "en-small@", "@")) {
      StreamingRecognitionConfig.Builder config = config(16_000).toBuilder();
      config.getConfigBuilder().setModel(model);
      try (SpeechSession session = client.open(config.build(), answer -> {})) {
        assertEnded(session, Code.NOT_FOUND, "MODEL_NOT_FOUND");
      }
    }
  }

  @Test
  void garbagePhrases() throws Exception {
    for (String phrase :
        List.of(
            "[\"yes\"",
            "<eps>",
            "[unk]",
            "\u0000",
            "qzxqzx",
            "",
            "x".repeat(101),
            "\uD83D\uDE00")) {
      StreamingRecognitionConfig.Builder config = config(16_000).toBuilder();
      config.getConfigBuilder().addPhrases(phrase);
      try (SpeechSession session = client.open(config.build(), answer -> {})) {
        assertPhrasesRefused(session);
      }
    }
  }

  @Test
  void tooManyPhrases() throws Exception {
    StreamingRecognitionConfig.Builder config = config(16_000).toBuilder();
    for (int i = 0; i < 501; i++) {
      config.getConfigBuilder().addPhrases("yes");
    }
    try (SpeechSession session = client.open(config.build(), answer -> {})) {
      assertPhrasesRefused(session);
    }
  }

  @Test
  void emptySessionIsNotAnError() throws Exception {
    try (SpeechSession session = client.open(config(16_000), answer -> {})) {
      session.halfClose();

      SessionResult result = session.await(PATIENCE).orElseThrow().orThrow();
      assertThat(result.finals()).isEmpty();
      assertThat(result.sessionId()).isNotEmpty();
    }
  }

  @Test
  void clientThatVanishesMidWord() throws Exception {
    byte[] half = Sample.audioUntilMidWord();
    for (int i = 0; i < 10; i++) {
      try (SpeechSession session = client.open(config(16_000), answer -> {})) {
        session.send(ByteString.copyFrom(half));
      }
    }
  }

  @Test
  void truncatedAndLyingWavHeaders() {
    byte[] honest = WavFile.bytes(NOISE, 16_000);
    for (int length : List.of(0, 4, 11, 12, 20, 43)) {
      assertRefused(ByteString.copyFrom(honest, 0, length));
    }
    assertRefused(ByteString.copyFrom(honest, 0, honest.length / 2));
    assertRefused(patched(honest, 22, (short) 0));
    assertRefused(patched(honest, 22, (short) 2));
    assertRefused(patched(honest, 22, (short) 255));
    assertRefused(patched(honest, 20, (short) 0x55));
    assertRefused(patched(honest, 34, (short) 24));
    assertRefused(rate(honest, 0));
    assertRefused(rate(honest, Integer.MAX_VALUE));
  }

  private void assertRefused(ByteString wav) {
    RecognizeRequest request =
        RecognizeRequest.newBuilder()
            .setConfig(RecognitionConfig.getDefaultInstance())
            .setAudio(wav)
            .build();

    StatusRuntimeException refusal =
        catchThrowableOfType(
            StatusRuntimeException.class, () -> client.recognize(request, PATIENCE));

    assertThat(refusal).as("answer to a WAV of %d bytes", wav.size()).isNotNull();
    assertThat(refusal.getStatus().getCode()).isEqualTo(Code.INVALID_ARGUMENT);
    assertThat(reason(StatusProto.fromThrowable(refusal))).isIn("AUDIO_INVALID", "FIELD_INVALID");
  }

  private static ByteString patched(byte[] wav, int position, short value) {
    byte[] copy = wav.clone();
    ByteBuffer.wrap(copy).order(ByteOrder.LITTLE_ENDIAN).putShort(position, value);
    return ByteString.copyFrom(copy);
  }

  private static ByteString rate(byte[] wav, int value) {
    byte[] copy = wav.clone();
    ByteBuffer.wrap(copy).order(ByteOrder.LITTLE_ENDIAN).putInt(24, value);
    return ByteString.copyFrom(copy);
  }

  /**
   * Phrases are checked against the model's words, so the refusal may come with the first
   * utterance.
   */
  private void assertPhrasesRefused(SpeechSession session) throws InterruptedException {
    Sample.send(session);
    session.halfClose();
    SessionResult result = session.await(PATIENCE).orElseThrow();
    if (result.status().isOk()) {
      assertThat(result.rejected()).isNotEmpty();
      assertThat(result.rejected().get(0).getStatus().getCode())
          .isEqualTo(Code.INVALID_ARGUMENT.value());
      assertThat(reason(result.rejected().get(0).getStatus())).isEqualTo("PHRASES_INVALID");
    } else {
      assertThat(result.status().getCode()).isEqualTo(Code.INVALID_ARGUMENT);
      assertThat(reason(result)).isEqualTo("PHRASES_INVALID");
    }
  }

  private static void assertEnded(SpeechSession session, Code code, String reason)
      throws InterruptedException {
    SessionResult result = assertEndedWithCode(session, code);
    assertThat(reason(result)).isEqualTo(reason);
  }

  private static SessionResult assertEndedWithCode(SpeechSession session, Code code)
      throws InterruptedException {
    Optional<SessionResult> result = session.await(PATIENCE);
    assertThat(result).as("the session ends").isPresent();
    assertThat(result.orElseThrow().status().getCode()).isEqualTo(code);
    assertThat(result.orElseThrow().status().getDescription()).isNotEmpty();
    return result.orElseThrow();
  }

  private static String reason(SessionResult result) {
    return reason(StatusProto.fromStatusAndTrailers(result.status(), result.trailers()));
  }

  private static String reason(@Nullable Status status) {
    if (status == null) {
      return "";
    }
    try {
      for (var detail : status.getDetailsList()) {
        if (detail.is(ErrorInfo.class)) {
          return detail.unpack(ErrorInfo.class).getReason();
        }
      }
      return "";
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  private static StreamingRecognitionConfig config(int rate) {
    return StreamingRecognitionConfig.newBuilder()
        .setConfig(
            new WireFormat(AudioEncoding.AUDIO_ENCODING_LINEAR16, Math.max(rate, 1))
                .describe(RecognitionConfig.getDefaultInstance()).toBuilder()
                    .setSampleRateHertz(rate))
        .build();
  }
}
