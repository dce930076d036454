// SPDX-License-Identifier: Apache-2.0
package halfsecond.common.rpc;

import com.google.protobuf.ByteString;
import halfsecond.speech.v1.RecognizeRequest;
import halfsecond.speech.v1.RecognizeResponse;
import halfsecond.speech.v1.SpeechServiceGrpc.SpeechServiceImplBase;
import halfsecond.speech.v1.StreamingRecognizeRequest;
import halfsecond.speech.v1.StreamingRecognizeResponse;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/**
 * A service whose unary method does what the test says, and whose stream stays open until the peer
 * goes.
 */
final class TestSpeech extends SpeechServiceImplBase {
  final CountDownLatch opened = new CountDownLatch(1);
  private final Consumer<StreamObserver<RecognizeResponse>> behaviour;

  TestSpeech(Consumer<StreamObserver<RecognizeResponse>> behaviour) {
    this.behaviour = behaviour;
  }

  /** Answers every call. */
  static TestSpeech answering() {
    return new TestSpeech(
        answer -> {
          answer.onNext(RecognizeResponse.getDefaultInstance());
          answer.onCompleted();
        });
  }

  static RecognizeRequest request(int audioBytes) {
    return RecognizeRequest.newBuilder()
        .setAudio(ByteString.copyFrom(new byte[audioBytes]))
        .build();
  }

  @Override
  public void recognize(RecognizeRequest request, StreamObserver<RecognizeResponse> answer) {
    behaviour.accept(answer);
  }

  @Override
  public StreamObserver<StreamingRecognizeRequest> streamingRecognize(
      StreamObserver<StreamingRecognizeResponse> answers) {
    opened.countDown();
    return new StreamObserver<>() {
      @Override
      public void onNext(StreamingRecognizeRequest request) {
        answers.onNext(StreamingRecognizeResponse.getDefaultInstance());
      }

      @Override
      public void onError(Throwable gone) {}

      @Override
      public void onCompleted() {
        answers.onCompleted();
      }
    };
  }
}
