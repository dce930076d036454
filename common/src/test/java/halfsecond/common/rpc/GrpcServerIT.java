// SPDX-License-Identifier: Apache-2.0
package halfsecond.common.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import halfsecond.common.error.Reason;
import halfsecond.common.error.SpeechException;
import halfsecond.common.lifecycle.StartException;
import halfsecond.common.lifecycle.StopTiming;
import halfsecond.common.telemetry.Telemetry;
import halfsecond.speech.v1.RecognizeResponse;
import halfsecond.speech.v1.SpeechServiceGrpc;
import halfsecond.speech.v1.StreamingRecognizeRequest;
import halfsecond.speech.v1.StreamingRecognizeResponse;
import halfsecond.vad.v1.DetectRequest;
import halfsecond.vad.v1.DetectResponse;
import halfsecond.vad.v1.VadServiceGrpc;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class GrpcServerIT {
  @ParameterizedTest
  @EnumSource
  void refusesAGiantMessageAndLivesOn(Preset preset) {
    try (Hop hop = new Hop(preset, TestSpeech.answering())) {
      StatusRuntimeException refusal = refusal(hop, 20 << 20);

      assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
      assertThat(Statuses.toRefusal(refusal).reason()).isEqualTo(Reason.MESSAGE_TOO_LARGE);
      assertThat(hop.stub().recognize(TestSpeech.request(1))).isNotNull();
    }
  }

  @Test
  void cutsAStreamThatAnsweredBeforeTheGiantMessageAndLivesOn() throws Exception {
    try (Hop hop = new Hop(Preset.INNER, TestSpeech.answering())) {
      CompletableFuture<Object> answered = new CompletableFuture<>();
      CompletableFuture<Throwable> ended = new CompletableFuture<>();
      StreamObserver<StreamingRecognizeRequest> requests =
          SpeechServiceGrpc.newStub(hop.channel)
              .streamingRecognize(
                  new StreamObserver<>() {
                    @Override
                    public void onNext(StreamingRecognizeResponse answer) {
                      answered.complete(answer);
                    }

                    @Override
                    public void onError(Throwable thrown) {
                      ended.complete(thrown);
                    }

                    @Override
                    public void onCompleted() {}
                  });
      requests.onNext(StreamingRecognizeRequest.getDefaultInstance());
      answered.get(30, TimeUnit.SECONDS);
      requests.onNext(
          StreamingRecognizeRequest.newBuilder()
              .setAudio(ByteString.copyFrom(new byte[10 << 20]))
              .build());

      Throwable refusal = ended.get(30, TimeUnit.SECONDS);
      // After the first answer the library can only reset the stream, and the caller reads that as
      // CANCELLED.
      assertThat(Status.fromThrowable(refusal).getCode()).isEqualTo(Status.Code.CANCELLED);
      assertThat(hop.stub().recognize(TestSpeech.request(1))).isNotNull();
    }
  }

  @Test
  void takesFromStrangersWhatTheServiceIsToRefuseWithAReason() {
    try (Hop hop = new Hop(Preset.EDGE, TestSpeech.answering())) {
      assertThat(hop.stub().recognize(TestSpeech.request(10 << 20))).isNotNull();
    }
  }

  @Test
  void answersARefusalWithItsReason() {
    assertThat(failure(answer -> answer.onError(new SpeechException(Reason.SATURATED, "too many"))))
        .satisfies(
            e -> {
              assertThat(Statuses.reasonOf(e)).contains(Reason.SATURATED);
              assertThat(e.getStatus().getDescription()).isEqualTo("too many");
            });
    assertThat(
            failure(
                answer -> {
                  throw new SpeechException(Reason.MODEL_NOT_FOUND, "no such model");
                }))
        .satisfies(e -> assertThat(Statuses.reasonOf(e)).contains(Reason.MODEL_NOT_FOUND));
  }

  @Test
  void answersABugWithAnIncidentAndNeverWithItsText() {
    List<Consumer<StreamObserver<RecognizeResponse>>> bugs =
        List.of(
            answer -> {
              throw new IllegalStateException("expected by the test: secret");
            },
            answer -> answer.onError(new IllegalStateException("expected by the test: secret")),
            answer -> answer.onError(Status.INTERNAL.withDescription("secret").asException()));
    for (Consumer<StreamObserver<RecognizeResponse>> bug : bugs) {
      StatusRuntimeException failure = failure(bug);

      assertThat(Statuses.reasonOf(failure)).contains(Reason.INTERNAL);
      assertThat(Statuses.toRefusal(failure).metadata()).containsKey(Statuses.INCIDENT);
      assertThat(failure).hasMessageNotContaining("secret");
    }
  }

  @Test
  void answersAMethodThatItDoesNotServeWithAReason() throws Exception {
    try (Hop hop = new Hop(Preset.INNER, TestSpeech.answering())) {
      CompletableFuture<DetectResponse> ended = new CompletableFuture<>();
      StreamObserver<DetectRequest> requests =
          VadServiceGrpc.newStub(hop.channel).detect(completing(ended));
      requests.onCompleted();

      Throwable refusal = ended.handle((ignored, thrown) -> thrown).get(30, TimeUnit.SECONDS);
      assertThat(Statuses.reasonOf(refusal)).contains(Reason.UNIMPLEMENTED);
    }
  }

  @Test
  void passesADeadlineAsOne() {
    try (Hop hop = new Hop(Preset.INNER, new TestSpeech(answer -> {}))) {
      StatusRuntimeException late =
          catchThrowableOfType(
              StatusRuntimeException.class,
              () ->
                  SpeechServiceGrpc.newBlockingStub(hop.channel)
                      .withDeadlineAfter(100, TimeUnit.MILLISECONDS)
                      .recognize(TestSpeech.request(1)));

      assertThat(Statuses.toRefusal(late).reason()).isEqualTo(Reason.DEADLINE_EXCEEDED);
    }
  }

  @Test
  void tellsItsHealthAndDescribesItselfOnLoopback() throws Exception {
    try (Hop hop = new Hop(Preset.INNER, TestSpeech.answering())) {
      assertThat(health(hop, "")).isEqualTo(ServingStatus.SERVING);
      assertThat(health(hop, SpeechServiceGrpc.SERVICE_NAME)).isEqualTo(ServingStatus.SERVING);
      hop.server.setServing(false);
      assertThat(health(hop, SpeechServiceGrpc.SERVICE_NAME)).isEqualTo(ServingStatus.NOT_SERVING);

      CompletableFuture<ServerReflectionResponse> described = new CompletableFuture<>();
      StreamObserver<ServerReflectionRequest> questions =
          ServerReflectionGrpc.newStub(hop.channel).serverReflectionInfo(completing(described));
      questions.onNext(ServerReflectionRequest.newBuilder().setListServices("").build());
      questions.onCompleted();
      assertThat(described.get(30, TimeUnit.SECONDS).getListServicesResponse().getServiceList())
          .extracting(service -> service.getName())
          .contains(SpeechServiceGrpc.SERVICE_NAME);
    }
  }

  @Test
  void drainsBeforeItStopsAndCutsWhatDoesNotEnd() throws Exception {
    TestSpeech speech = TestSpeech.answering();
    ServerConfig hasty =
        new ServerConfig(
            "127.0.0.1", 0, null, new StopTiming(Duration.ZERO, Duration.ofMillis(200)));
    List<String> steps = new ArrayList<>();
    try (Hop hop = new Hop(hasty, Preset.INNER, Telemetry.noop(), speech)) {
      CompletableFuture<Object> ended = new CompletableFuture<>();
      SpeechServiceGrpc.newStub(hop.channel).streamingRecognize(completing(ended));
      assertThat(speech.opened.await(30, TimeUnit.SECONDS)).isTrue();
      hop.server.onDrain(() -> steps.add("finalise, call open: " + !ended.isDone()));
      hop.server.thenClose("natives", () -> steps.add("natives"));

      hop.server.close();

      assertThat(steps).containsExactly("finalise, call open: true", "natives");
      assertThat(ended.handle((ignored, thrown) -> thrown).get(30, TimeUnit.SECONDS)).isNotNull();
    }
  }

  @Test
  void namesThePortThatIsTaken() {
    try (Hop hop = new Hop(Preset.INNER, TestSpeech.answering())) {
      ServerConfig same =
          new ServerConfig("127.0.0.1", hop.server.port(), null, ServerConfig.loopback().stop());

      assertThatExceptionOfType(StartException.class)
          .isThrownBy(
              () ->
                  GrpcServers.builder(same, Preset.INNER, Telemetry.noop(), Runnable::run).start())
          .withMessageContaining("127.0.0.1:" + hop.server.port())
          .withMessageContaining("set another port");
    }
  }

  @Test
  void doesNotUnpackWhatIsCompressed() {
    try (Hop hop = new Hop(Preset.EDGE, TestSpeech.answering())) {
      StatusRuntimeException refusal =
          catchThrowableOfType(
              StatusRuntimeException.class,
              () -> hop.stub().withCompression("gzip").recognize(TestSpeech.request(1000)));

      assertThat(Statuses.toRefusal(refusal).reason()).isEqualTo(Reason.UNIMPLEMENTED);
    }
  }

  private static StatusRuntimeException failure(
      Consumer<StreamObserver<RecognizeResponse>> behaviour) {
    try (Hop hop = new Hop(Preset.INNER, new TestSpeech(behaviour))) {
      return refusal(hop, 1);
    }
  }

  private static StatusRuntimeException refusal(Hop hop, int audioBytes) {
    return catchThrowableOfType(
        StatusRuntimeException.class, () -> hop.stub().recognize(TestSpeech.request(audioBytes)));
  }

  private static ServingStatus health(Hop hop, String service) {
    return HealthGrpc.newBlockingStub(hop.channel)
        .check(HealthCheckRequest.newBuilder().setService(service).build())
        .getStatus();
  }

  /** Completes with the first answer, or exceptionally with the error. */
  private static <T> StreamObserver<T> completing(CompletableFuture<? super T> future) {
    return new StreamObserver<>() {
      @Override
      public void onNext(T value) {
        future.complete(value);
      }

      @Override
      public void onError(Throwable thrown) {
        future.completeExceptionally(thrown);
      }

      @Override
      public void onCompleted() {}
    };
  }
}
