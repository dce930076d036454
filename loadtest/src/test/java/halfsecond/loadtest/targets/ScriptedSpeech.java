// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.targets;

import com.google.protobuf.ByteString;
import com.google.protobuf.util.Durations;
import halfsecond.common.concurrent.NamedThreads;
import halfsecond.common.error.Reason;
import halfsecond.common.error.SpeechException;
import halfsecond.common.lifecycle.Closer;
import halfsecond.common.rpc.GrpcServer;
import halfsecond.common.rpc.GrpcServers;
import halfsecond.common.rpc.Preset;
import halfsecond.common.rpc.ServerConfig;
import halfsecond.common.rpc.Statuses;
import halfsecond.common.telemetry.Telemetry;
import halfsecond.speech.v1.Finality;
import halfsecond.speech.v1.LatencyBreakdown;
import halfsecond.speech.v1.SessionStarted;
import halfsecond.speech.v1.SpeechRecognitionAlternative;
import halfsecond.speech.v1.SpeechServiceGrpc;
import halfsecond.speech.v1.StreamingRecognitionResult;
import halfsecond.speech.v1.StreamingRecognizeRequest;
import halfsecond.speech.v1.StreamingRecognizeResponse;
import halfsecond.speech.v1.UtteranceRejected;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicInteger;

/** A speech service with the door's limits that answers as the test says. */
final class ScriptedSpeech extends SpeechServiceGrpc.SpeechServiceImplBase
    implements AutoCloseable {
  /** What happens to a session. */
  enum Mode {
    /** An interim result with the first audio, the final at the half-close. */
    ANSWERS,
    REJECTS_THE_UTTERANCE,
    REFUSES_THE_SESSION,
    BREAKS,
    /** Nothing, ever. */
    HOLDS
  }

  final List<StreamingRecognizeRequest> requests = new CopyOnWriteArrayList<>();
  final AtomicInteger opened = new AtomicInteger();
  volatile Mode mode = Mode.ANSWERS;
  private final Closer closer = new Closer();
  private final GrpcServer server;

  ScriptedSpeech() {
    ExecutorService pool = NamedThreads.fixed("scripted-speech", 2);
    closer.register(pool::shutdownNow);
    server =
        closer.register(
            GrpcServers.builder(ServerConfig.loopback(), Preset.EDGE, Telemetry.noop(), pool)
                .service(this)
                .start());
  }

  String address() {
    return "127.0.0.1:" + server.port();
  }

  ByteString audio() {
    return requests.stream()
        .map(StreamingRecognizeRequest::getAudio)
        .reduce(ByteString.EMPTY, ByteString::concat);
  }

  @Override
  public StreamObserver<StreamingRecognizeRequest> streamingRecognize(
      StreamObserver<StreamingRecognizeResponse> responses) {
    opened.incrementAndGet();
    if (mode == Mode.REFUSES_THE_SESSION) {
      responses.onError(Statuses.toException(full()));
    }
    return new Session(responses, mode);
  }

  @Override
  public void close() {
    closer.close();
  }

  private static SpeechException full() {
    return new SpeechException(Reason.SATURATED, "full").withRetryAfter(Duration.ofMillis(500));
  }

  private final class Session implements StreamObserver<StreamingRecognizeRequest> {
    private final StreamObserver<StreamingRecognizeResponse> responses;
    private final Mode mode;
    private boolean heard;

    Session(StreamObserver<StreamingRecognizeResponse> responses, Mode mode) {
      this.responses = responses;
      this.mode = mode;
    }

    @Override
    public void onNext(StreamingRecognizeRequest request) {
      requests.add(request);
      if (mode == Mode.BREAKS && request.hasAudio()) {
        responses.onError(io.grpc.Status.UNAVAILABLE.asRuntimeException());
      } else if (mode != Mode.HOLDS && mode != Mode.REFUSES_THE_SESSION) {
        if (request.hasStreamingConfig()) {
          responses.onNext(
              StreamingRecognizeResponse.newBuilder()
                  .setSession(SessionStarted.getDefaultInstance())
                  .build());
        } else if (request.hasAudio() && !heard) {
          heard = true;
          responses.onNext(result(StreamingRecognitionResult.newBuilder(), "turn"));
        }
      }
    }

    @Override
    public void onError(Throwable ignored) {}

    @Override
    public void onCompleted() {
      if (mode == Mode.ANSWERS) {
        responses.onNext(result(answer(), "turn left"));
        responses.onCompleted();
      } else if (mode == Mode.REJECTS_THE_UTTERANCE) {
        responses.onNext(
            StreamingRecognizeResponse.newBuilder()
                .setRejected(UtteranceRejected.newBuilder().setStatus(Statuses.toProto(full())))
                .build());
        responses.onCompleted();
      }
    }
  }

  private static StreamingRecognitionResult.Builder answer() {
    return StreamingRecognitionResult.newBuilder()
        .setIsFinal(true)
        .setFinality(Finality.FINALITY_DEADLINE)
        .setModelVersion("en-small@2")
        .setLatency(
            LatencyBreakdown.newBuilder()
                .setEndpointDecided(Durations.fromMillis(210))
                .setRouted(Durations.fromMillis(212))
                .setDecodeDone(Durations.fromMillis(250))
                .setSent(Durations.fromMillis(251))
                .setAttempts(2));
  }

  private static StreamingRecognizeResponse result(
      StreamingRecognitionResult.Builder result, String text) {
    return StreamingRecognizeResponse.newBuilder()
        .setResult(
            result.addAlternatives(SpeechRecognitionAlternative.newBuilder().setTranscript(text)))
        .build();
  }
}
