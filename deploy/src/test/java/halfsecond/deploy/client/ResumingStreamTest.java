// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.client;

import static halfsecond.deploy.client.ScriptedSpeech.finalOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.util.Durations;
import halfsecond.speech.v1.Draining;
import halfsecond.speech.v1.Finality;
import halfsecond.speech.v1.StreamingRecognitionConfig;
import halfsecond.speech.v1.StreamingRecognizeResponse;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ResumingStreamTest {

  private static final StreamingRecognizeResponse DRAINING =
      StreamingRecognizeResponse.newBuilder().setDraining(Draining.getDefaultInstance()).build();
  private static final int FIVE_SECONDS = 160_000;

  private final AtomicInteger sessions = new AtomicInteger();
  private @Nullable Server server;
  private @Nullable SpeechClient client;

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
  void streamsInOneSessionWhenNothingHappens() throws Exception {
    ResumedStream stream =
        stream(
            (session, responses) -> {
              responses.onNext(finalOf("one", 0, 900, Finality.FINALITY_END_OF_SPEECH));
              responses.onNext(finalOf("two", 1_000, 5_000, Finality.FINALITY_STREAM_END));
            });

    assertThat(stream.sessions()).isEqualTo(1);
    assertThat(stream.finals())
        .extracting(result -> result.getAlternatives(0).getTranscript())
        .containsExactly("one", "two");
  }

  @Test
  void sendsAgainWhatADrainingServerCutShort() throws Exception {
    ResumedStream stream =
        stream(
            (session, responses) -> {
              if (sessions.incrementAndGet() == 1) {
                responses.onNext(finalOf("one", 0, 900, Finality.FINALITY_END_OF_SPEECH));
                responses.onNext(DRAINING);
                responses.onNext(finalOf("tw", 2_000, 5_000, Finality.FINALITY_STREAM_END));
              } else {
                // Three seconds of the source are left.
                assertThat(session.bytes()).isEqualTo(96_000);
                responses.onNext(finalOf("two", 0, 1_500, Finality.FINALITY_END_OF_SPEECH));
              }
            });

    assertThat(stream.sessions()).isEqualTo(2);
    assertThat(stream.finals())
        .extracting(result -> result.getAlternatives(0).getTranscript())
        .containsExactly("one", "two");
    assertThat(Durations.toMillis(stream.finals().get(1).getResultStartOffset())).isEqualTo(2_000);
  }

  @Test
  void goesOnAfterTheLastFinalWhenTheServerIsLost() throws Exception {
    ResumedStream stream =
        stream(
            (session, responses) -> {
              if (sessions.incrementAndGet() == 1) {
                responses.onNext(finalOf("one", 0, 1_000, Finality.FINALITY_END_OF_SPEECH));
                responses.onError(Status.UNAVAILABLE.asRuntimeException());
              } else {
                assertThat(session.bytes()).isEqualTo(128_000);
                responses.onNext(finalOf("two", 500, 1_500, Finality.FINALITY_END_OF_SPEECH));
              }
            });

    assertThat(stream.finals())
        .extracting(result -> result.getAlternatives(0).getTranscript())
        .containsExactly("one", "two");
  }

  @Test
  void doesNotTryAgainWhatWouldFailAgain() {
    assertThatThrownBy(
            () ->
                stream(
                    (session, responses) ->
                        responses.onError(Status.INVALID_ARGUMENT.asRuntimeException())))
        .isInstanceOf(StatusRuntimeException.class)
        .hasMessageContaining("INVALID_ARGUMENT");
  }

  private ResumedStream stream(
      BiConsumer<ScriptedSpeech.Session, StreamObserver<StreamingRecognizeResponse>> answers)
      throws Exception {
    String name = InProcessServerBuilder.generateName();
    server =
        InProcessServerBuilder.forName(name)
            .addService(new ScriptedSpeech(answers))
            .build()
            .start();
    client = new SpeechClient(InProcessChannelBuilder.forName(name).build());
    return client.streamResuming(
        AudioSource.of(WireFormat.LINEAR16_16K, new byte[FIVE_SECONDS]),
        StreamingRecognitionConfig.getDefaultInstance(),
        StreamOptions.fast().withTail(Duration.ZERO));
  }
}
