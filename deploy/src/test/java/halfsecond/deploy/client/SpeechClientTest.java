// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.client;

import static halfsecond.deploy.client.ScriptedSpeech.finalOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.util.Durations;
import halfsecond.speech.v1.Finality;
import halfsecond.speech.v1.RecognitionConfig;
import halfsecond.speech.v1.RecognitionConfig.AudioEncoding;
import halfsecond.speech.v1.StreamingRecognitionConfig;
import halfsecond.speech.v1.StreamingRecognitionResult;
import halfsecond.speech.v1.TrafficClass;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SpeechClientTest {

  private static final WireFormat FORMAT =
      new WireFormat(AudioEncoding.AUDIO_ENCODING_MULAW, 8_000);

  private @Nullable Server server;
  private @Nullable SpeechClient client;

  private SpeechClient serve(ScriptedSpeech speech) throws Exception {
    String name = InProcessServerBuilder.generateName();
    server = InProcessServerBuilder.forName(name).addService(speech).build().start();
    client = new SpeechClient(InProcessChannelBuilder.forName(name).build());
    return client;
  }

  @AfterEach
  void stop() {
    if (client != null) {
      client.close();
    }
    if (server != null) {
      server.shutdownNow();
    }
  }

  @Test
  void sendsConfigThenAllAudioAndTailAndCollectsTheAnswers() throws Exception {
    ScriptedSpeech speech =
        new ScriptedSpeech(
            (session, responses) ->
                responses.onNext(finalOf("one", 0, 900, Finality.FINALITY_STREAM_END)));
    List<Received> heard = new ArrayList<>();

    StreamedSession streamed =
        serve(speech).stream(
            AudioSource.of(FORMAT, new byte[8_000]),
            StreamingRecognitionConfig.getDefaultInstance(),
            StreamOptions.fast().withTail(Duration.ofMillis(500)),
            heard::add);

    assertThat(speech.sessions)
        .containsExactly(
            new ScriptedSpeech.Session(
                FORMAT.describe(RecognitionConfig.getDefaultInstance()), 12_000));
    assertThat(streamed.result().sessionId()).isEqualTo("s-1");
    assertThat(streamed.result().finals()).hasSize(1);
    assertThat(streamed.sentBytes()).isEqualTo(12_000);
    assertThat(heard).isEqualTo(streamed.result().received());
  }

  @Test
  void handsBackTheStatusWithWhichTheServerEndedASession() throws Exception {
    ScriptedSpeech speech =
        new ScriptedSpeech((session, responses) -> {})
            .refusingWith(Status.INVALID_ARGUMENT.withDescription("no"));

    StreamedSession streamed =
        serve(speech).stream(
            AudioSource.of(FORMAT, new byte[800_000]),
            StreamingRecognitionConfig.getDefaultInstance(),
            StreamOptions.fast(),
            answer -> {});

    assertThat(streamed.result().status().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThatThrownBy(() -> streamed.result().orThrow())
        .isInstanceOf(StatusRuntimeException.class)
        .hasMessageContaining("no");
  }

  @Test
  void cancelsASessionThatIsClosedEarly() throws Exception {
    SpeechSession session =
        serve(new ScriptedSpeech((any, responses) -> {}))
            .open(StreamingRecognitionConfig.getDefaultInstance(), answer -> {});

    session.close();

    assertThat(session.await(Duration.ofSeconds(10)))
        .get()
        .extracting(result -> result.status().getCode())
        .isEqualTo(Status.Code.CANCELLED);
    assertThat(session.finalizeUtterance()).as("sending after the end").isFalse();
  }

  @Test
  void transcribesAsBatchTraffic() throws Exception {
    ScriptedSpeech speech =
        new ScriptedSpeech(
            (session, responses) ->
                responses.onNext(finalOf("one", 100, 900, Finality.FINALITY_END_OF_SPEECH)));
    List<Duration> progress = new ArrayList<>();

    Transcription transcription =
        serve(speech)
            .transcribe(
                AudioSource.of(FORMAT, new byte[16_000]),
                RecognitionConfig.newBuilder().setModel("en-small").build(),
                progress::add);

    assertThat(transcription.audio()).isEqualTo(Duration.ofSeconds(2));
    assertThat(transcription.finals()).hasSize(1);
    assertThat(progress).containsExactly(Duration.ofMillis(900));
    assertThat(speech.sessions.get(0).config().getTrafficClass())
        .isEqualTo(TrafficClass.TRAFFIC_CLASS_BATCH);
    assertThat(speech.sessions.get(0).config().getModel()).isEqualTo("en-small");
  }

  @Test
  void beginsTheNextSessionWhereTheUtteranceBeganThatTheLastOneCut() throws Exception {
    // Each session: a whole utterance, then one that the end of the session cuts ten seconds
    // before.
    ScriptedSpeech speech =
        new ScriptedSpeech(
            (session, responses) -> {
              long millis = session.bytes() / 8;
              responses.onNext(finalOf("whole", 1_000, 2_000, Finality.FINALITY_END_OF_SPEECH));
              responses.onNext(
                  finalOf("cut", millis - 10_000, millis, Finality.FINALITY_STREAM_END));
            });
    long seconds = 300;

    Transcription transcription =
        serve(speech)
            .transcribe(
                AudioSource.of(FORMAT, new byte[Math.toIntExact(seconds * 8_000)]),
                RecognitionConfig.getDefaultInstance(),
                done -> {});

    assertThat(speech.sessions)
        .extracting(session -> session.bytes() / 8_000)
        .containsExactly(280L, 30L);
    assertThat(transcription.finals())
        .extracting(result -> result.getAlternatives(0).getTranscript())
        .containsExactly("whole", "whole", "cut");
    assertThat(transcription.finals())
        .extracting(StreamingRecognitionResult::getResultStartOffset)
        .extracting(Durations::toSeconds)
        .containsExactly(1L, 271L, 290L);
    assertThat(transcription.audio()).isEqualTo(Duration.ofSeconds(seconds));
  }
}
