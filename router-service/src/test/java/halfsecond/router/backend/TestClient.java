// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.backend;

import com.google.protobuf.ByteString;
import com.google.rpc.ErrorInfo;
import halfsecond.speech.v1.Finalize;
import halfsecond.speech.v1.RecognitionConfig;
import halfsecond.speech.v1.SpeechServiceGrpc;
import halfsecond.speech.v1.StreamingRecognitionConfig;
import halfsecond.speech.v1.StreamingRecognitionResult;
import halfsecond.speech.v1.StreamingRecognizeRequest;
import halfsecond.speech.v1.StreamingRecognizeResponse;
import halfsecond.speech.v1.UtteranceRejected;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** One session of a client, driven by the test. Its methods are for one thread. */
public final class TestClient {
  private static final int CHUNK = 3_200;

  public final List<StreamingRecognizeResponse> responses = new CopyOnWriteArrayList<>();
  private final CompletableFuture<Status> ended = new CompletableFuture<>();
  private final CompletableFuture<String> reason = new CompletableFuture<>();

  private final CompletableFuture<ClientCallStreamObserver<StreamingRecognizeRequest>> call =
      new CompletableFuture<>();
  private final ClientCallStreamObserver<StreamingRecognizeRequest> requests;

  private TestClient(Channel channel, boolean reads) {
    var unused = SpeechServiceGrpc.newStub(channel).streamingRecognize(new Listener(reads));
    requests = call.join();
  }

  /** Opens a session that has sent nothing. */
  public static TestClient silent(Channel channel) {
    return new TestClient(channel, true);
  }

  /** Opens a session with a config. */
  public static TestClient open(Channel channel, StreamingRecognitionConfig config) {
    return new TestClient(channel, true).config(config);
  }

  /** Opens a session that never reads a response. */
  public static TestClient deaf(Channel channel, StreamingRecognitionConfig config) {
    return new TestClient(channel, false).config(config);
  }

  /** 16 kHz LINEAR16. */
  public static StreamingRecognitionConfig.Builder plain() {
    return StreamingRecognitionConfig.newBuilder()
        .setConfig(
            RecognitionConfig.newBuilder()
                .setEncoding(RecognitionConfig.AudioEncoding.AUDIO_ENCODING_LINEAR16)
                .setSampleRateHertz(16_000));
  }

  public TestClient config(StreamingRecognitionConfig config) {
    return send(StreamingRecognizeRequest.newBuilder().setStreamingConfig(config).build());
  }

  public TestClient send(StreamingRecognizeRequest request) {
    requests.onNext(request);
    return this;
  }

  public TestClient bytes(int count) {
    return send(
        StreamingRecognizeRequest.newBuilder()
            .setAudio(ByteString.copyFrom(new byte[count]))
            .build());
  }

  /** Sends so much silence at once, in messages of 100 ms. */
  public TestClient audio(int millis) {
    for (int done = 0; done < millis; done += 100) {
      bytes(CHUNK);
    }
    return this;
  }

  public TestClient finalizeNow() {
    return send(
        StreamingRecognizeRequest.newBuilder().setFinalize(Finalize.getDefaultInstance()).build());
  }

  public TestClient halfClose() {
    requests.onCompleted();
    return this;
  }

  public void cancel() {
    requests.cancel("the client goes", null);
  }

  public boolean isReady() {
    return requests.isReady();
  }

  /** The status with which the session ended. */
  public Status.Code status() throws Exception {
    return ended.get(20, TimeUnit.SECONDS).getCode();
  }

  /** The reason with which it ended; empty for well. */
  public String reason() throws Exception {
    return reason.get(20, TimeUnit.SECONDS);
  }

  public boolean over() {
    return ended.isDone();
  }

  public List<StreamingRecognitionResult> finals() {
    return responses.stream()
        .filter(StreamingRecognizeResponse::hasResult)
        .map(StreamingRecognizeResponse::getResult)
        .filter(StreamingRecognitionResult::getIsFinal)
        .toList();
  }

  public List<String> transcripts() {
    return finals().stream().map(result -> result.getAlternatives(0).getTranscript()).toList();
  }

  public List<UtteranceRejected> rejections() {
    return responses.stream()
        .filter(StreamingRecognizeResponse::hasRejected)
        .map(StreamingRecognizeResponse::getRejected)
        .toList();
  }

  /** The reason in the details of a status. */
  public static String reasonOf(com.google.rpc.Status status) {
    try {
      for (var any : status.getDetailsList()) {
        if (any.is(ErrorInfo.class)) {
          return any.unpack(ErrorInfo.class).getReason();
        }
      }
      return "";
    } catch (com.google.protobuf.InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  /** Longest that anything here should take. */
  public static Duration patience() {
    return Duration.ofSeconds(20);
  }

  private final class Listener
      implements ClientResponseObserver<StreamingRecognizeRequest, StreamingRecognizeResponse> {
    private final boolean reads;

    Listener(boolean reads) {
      this.reads = reads;
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<StreamingRecognizeRequest> stream) {
      if (!reads) {
        stream.disableAutoRequestWithInitial(0);
      }
      call.complete(stream);
    }

    @Override
    public void onNext(StreamingRecognizeResponse response) {
      responses.add(response);
    }

    @Override
    public void onError(Throwable thrown) {
      com.google.rpc.Status details = StatusProto.fromThrowable(thrown);
      reason.complete(details == null ? "" : reasonOf(details));
      ended.complete(Status.fromThrowable(thrown));
    }

    @Override
    public void onCompleted() {
      reason.complete("");
      ended.complete(Status.OK);
    }
  }
}
