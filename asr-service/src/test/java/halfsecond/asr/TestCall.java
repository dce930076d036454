// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr;

import com.google.protobuf.ByteString;
import com.google.protobuf.util.Durations;
import halfsecond.asr.v1.AsrServiceGrpc;
import halfsecond.asr.v1.FinalResult;
import halfsecond.asr.v1.Finish;
import halfsecond.asr.v1.Hypothesis;
import halfsecond.asr.v1.Progress;
import halfsecond.asr.v1.TranscribeConfig;
import halfsecond.asr.v1.TranscribeRequest;
import halfsecond.asr.v1.TranscribeResponse;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One Transcribe call and all that it was told. */
public final class TestCall
    implements ClientResponseObserver<TranscribeRequest, TranscribeResponse> {
  private final List<TranscribeResponse> responses = new CopyOnWriteArrayList<>();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private volatile @Nullable ClientCallStreamObserver<TranscribeRequest> requests;

  public static TestCall open(AsrServiceGrpc.AsrServiceStub stub) {
    TestCall call = new TestCall();
    var unused = stub.transcribe(call);
    return call;
  }

  public static TranscribeConfig.Builder config() {
    return TranscribeConfig.newBuilder()
        .setModelVersion(TestModels.FAST.toString())
        .setUtteranceId("u-1")
        .setAttempt(1)
        .setSampleRateHertz(16_000)
        .setHypothesisInterval(Durations.fromMillis(20));
  }

  public TestCall send(TranscribeConfig.Builder config) {
    return send(TranscribeRequest.newBuilder().setConfig(config).build());
  }

  /** In messages of 100 ms. */
  public TestCall audio(byte[] bytes) {
    for (int at = 0; at < bytes.length; at += 3200) {
      send(
          TranscribeRequest.newBuilder()
              .setAudio(ByteString.copyFrom(bytes, at, Math.min(3200, bytes.length - at)))
              .build());
    }
    return this;
  }

  public TestCall finish() {
    return send(TranscribeRequest.newBuilder().setFinish(Finish.getDefaultInstance()).build());
  }

  public TestCall finishWithin(Duration within) {
    Finish finish =
        Finish.newBuilder().setFinishWithin(Durations.fromNanos(within.toNanos())).build();
    return send(TranscribeRequest.newBuilder().setFinish(finish).build());
  }

  public TestCall send(TranscribeRequest request) {
    peer().onNext(request);
    return this;
  }

  public TestCall halfClose() {
    peer().onCompleted();
    return this;
  }

  public void cancel() {
    peer().cancel("the test gives up", null);
  }

  /** Waits for the end. */
  public FinalResult result() {
    join();
    TranscribeResponse last = responses.get(responses.size() - 1);
    if (!last.hasFinalResult()) {
      throw new AssertionError("the last message is no final");
    }
    return last.getFinalResult();
  }

  /** Waits for the end; the failure it must have had. */
  public Throwable failure() {
    try {
      join();
    } catch (CompletionException e) {
      return Objects.requireNonNull(e.getCause());
    }
    throw new AssertionError("the call did not fail");
  }

  public String text() {
    return result().getAlternatives(0).getTranscript();
  }

  public List<Hypothesis> hypotheses() {
    return responses.stream()
        .filter(TranscribeResponse::hasHypothesis)
        .map(TranscribeResponse::getHypothesis)
        .toList();
  }

  public List<Progress> progress() {
    return responses.stream()
        .filter(TranscribeResponse::hasProgress)
        .map(TranscribeResponse::getProgress)
        .toList();
  }

  public long finals() {
    return finalResults().size();
  }

  /** More than one only if the first one could not wait for all of the clip. */
  public List<FinalResult> finalResults() {
    return responses.stream()
        .filter(TranscribeResponse::hasFinalResult)
        .map(TranscribeResponse::getFinalResult)
        .toList();
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<TranscribeRequest> stream) {
    requests = stream;
  }

  @Override
  public void onNext(TranscribeResponse response) {
    responses.add(response);
  }

  @Override
  public void onError(Throwable thrown) {
    ended.completeExceptionally(thrown);
  }

  @Override
  public void onCompleted() {
    ended.complete(null);
  }

  private void join() {
    ended.copy().orTimeout(60, TimeUnit.SECONDS).join();
  }

  private ClientCallStreamObserver<TranscribeRequest> peer() {
    ClientCallStreamObserver<TranscribeRequest> stream = requests;
    if (stream == null) {
      throw new IllegalStateException("not started");
    }
    return stream;
  }
}
