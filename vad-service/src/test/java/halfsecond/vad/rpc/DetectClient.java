// SPDX-License-Identifier: Apache-2.0
package halfsecond.vad.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import halfsecond.common.audio.Audio16k;
import halfsecond.common.error.Reason;
import halfsecond.common.rpc.Statuses;
import halfsecond.vad.v1.DetectConfig;
import halfsecond.vad.v1.DetectRequest;
import halfsecond.vad.v1.DetectResponse;
import halfsecond.vad.v1.EndUtterance;
import halfsecond.vad.v1.SpeechEnded;
import halfsecond.vad.v1.SpeechStarted;
import halfsecond.vad.v1.VadServiceGrpc;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One call of {@code Detect} and all that came back. */
public final class DetectClient implements ClientResponseObserver<DetectRequest, DetectResponse> {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final List<DetectResponse> responses = new CopyOnWriteArrayList<>();
  private final CompletableFuture<Status> end = new CompletableFuture<>();
  private volatile @Nullable Throwable error;
  private @Nullable ClientCallStreamObserver<DetectRequest> requests;

  /** Opens the call. */
  public static DetectClient open(Channel channel) {
    DetectClient client = new DetectClient();
    VadServiceGrpc.newStub(channel).detect(client);
    return client;
  }

  /** Opens the call and sends a config with the defaults at 16 kHz. */
  public static DetectClient configured(Channel channel) {
    return open(channel).send(DetectConfig.newBuilder().setSampleRateHertz(16000).build());
  }

  public DetectClient send(DetectConfig config) {
    return send(DetectRequest.newBuilder().setConfig(config).build());
  }

  public DetectClient send(short[] audio) {
    return send(Audio16k.toBytes(audio));
  }

  public DetectClient send(byte[] audio) {
    return send(DetectRequest.newBuilder().setAudio(ByteString.copyFrom(audio)).build());
  }

  public DetectClient send(DetectRequest request) {
    call().onNext(request);
    return this;
  }

  public DetectClient endUtterance() {
    return send(
        DetectRequest.newBuilder().setEndUtterance(EndUtterance.getDefaultInstance()).build());
  }

  public DetectClient halfClose() {
    call().onCompleted();
    return this;
  }

  public void cancel() {
    call().cancel("the client gave up", null);
  }

  /** Waits for the end of the call. */
  public Status status() {
    return end.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
  }

  /** Waits for the end of the call and says that it was refused so. */
  public void assertRefused(Status.Code code, Reason reason) {
    assertThat(status().getCode()).isEqualTo(code);
    assertThat(error).isNotNull();
    if (error != null) {
      assertThat(Statuses.reasonOf(error)).contains(reason);
    }
  }

  public void awaitStarts(int count) {
    await("start of utterance " + count)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(5))
        .until(() -> started().size() >= count || end.isDone());
    assertThat(started()).hasSizeGreaterThanOrEqualTo(count);
  }

  public boolean isOver() {
    return end.isDone();
  }

  public List<DetectResponse> responses() {
    return responses;
  }

  public List<SpeechStarted> started() {
    return responses.stream()
        .filter(DetectResponse::hasSpeechStarted)
        .map(DetectResponse::getSpeechStarted)
        .toList();
  }

  public List<SpeechEnded> ended() {
    return responses.stream()
        .filter(DetectResponse::hasSpeechEnded)
        .map(DetectResponse::getSpeechEnded)
        .toList();
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<DetectRequest> requestStream) {
    requests = requestStream;
  }

  @Override
  public void onNext(DetectResponse response) {
    responses.add(response);
  }

  @Override
  public void onError(Throwable thrown) {
    error = thrown;
    end.complete(Status.fromThrowable(thrown));
  }

  @Override
  public void onCompleted() {
    end.complete(Status.OK);
  }

  private ClientCallStreamObserver<DetectRequest> call() {
    ClientCallStreamObserver<DetectRequest> open = requests;
    if (open == null) {
      throw new IllegalStateException("The call has not been started");
    }
    return open;
  }
}
