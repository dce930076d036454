// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.client;

import com.google.protobuf.util.Durations;
import halfsecond.speech.v1.Finality;
import halfsecond.speech.v1.RecognitionConfig;
import halfsecond.speech.v1.SessionStarted;
import halfsecond.speech.v1.SpeechRecognitionAlternative;
import halfsecond.speech.v1.SpeechServiceGrpc;
import halfsecond.speech.v1.StreamingRecognitionResult;
import halfsecond.speech.v1.StreamingRecognizeRequest;
import halfsecond.speech.v1.StreamingRecognizeResponse;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A speech service that counts the audio it gets and answers at half-close as it was told to. */
public final class ScriptedSpeech extends SpeechServiceGrpc.SpeechServiceImplBase {

  /** What one session was sent. */
  public record Session(RecognitionConfig config, long bytes) {}

  public final List<Session> sessions = new CopyOnWriteArrayList<>();
  private final BiConsumer<Session, StreamObserver<StreamingRecognizeResponse>> answers;
  private @Nullable Status refusal;

  public ScriptedSpeech(BiConsumer<Session, StreamObserver<StreamingRecognizeResponse>> answers) {
    this.answers = answers;
  }

  /** Ends every session at its first audio. */
  public ScriptedSpeech refusingWith(Status status) {
    refusal = status;
    return this;
  }

  public static StreamingRecognizeResponse finalOf(
      String text, long startMs, long endMs, Finality why) {
    return StreamingRecognizeResponse.newBuilder()
        .setResult(
            StreamingRecognitionResult.newBuilder()
                .setIsFinal(true)
                .setFinality(why)
                .setResultStartOffset(Durations.fromMillis(startMs))
                .setResultEndOffset(Durations.fromMillis(endMs))
                .addAlternatives(SpeechRecognitionAlternative.newBuilder().setTranscript(text)))
        .build();
  }

  @Override
  public StreamObserver<StreamingRecognizeRequest> streamingRecognize(
      StreamObserver<StreamingRecognizeResponse> responses) {
    return new StreamObserver<>() {
      private RecognitionConfig config = RecognitionConfig.getDefaultInstance();
      private long bytes;
      private boolean over;

      @Override
      public void onNext(StreamingRecognizeRequest request) {
        if (request.hasStreamingConfig()) {
          config = request.getStreamingConfig().getConfig();
          responses.onNext(
              StreamingRecognizeResponse.newBuilder()
                  .setSession(SessionStarted.newBuilder().setSessionId("s-1"))
                  .build());
        } else if (refusal != null && !over) {
          over = true;
          responses.onError(refusal.asRuntimeException());
        }
        bytes += request.getAudio().size();
      }

      @Override
      public void onError(Throwable gone) {}

      @Override
      public void onCompleted() {
        if (!over) {
          Session session = new Session(config, bytes);
          sessions.add(session);
          try {
            answers.accept(session, responses);
            responses.onCompleted();
          } catch (IllegalStateException e) {
            // The script has ended the call itself.
            over = true;
          }
        }
      }
    };
  }
}
