// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.rpc;

import halfsecond.asr.recognition.ActiveClips;
import halfsecond.asr.serving.LoadedModels;
import halfsecond.asr.v1.AsrServiceGrpc;
import halfsecond.asr.v1.ListModelsRequest;
import halfsecond.asr.v1.ListModelsResponse;
import halfsecond.asr.v1.LoadModelRequest;
import halfsecond.asr.v1.LoadModelResponse;
import halfsecond.asr.v1.TranscribeRequest;
import halfsecond.asr.v1.TranscribeResponse;
import halfsecond.asr.v1.UnloadModelRequest;
import halfsecond.asr.v1.UnloadModelResponse;
import halfsecond.asr.v1.WatchLoadRequest;
import halfsecond.asr.v1.WatchLoadResponse;
import halfsecond.common.concurrent.Scheduler;
import halfsecond.common.rpc.Statuses;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The methods of the contract. Never blocks. */
public final class AsrGrpcService extends AsrServiceGrpc.AsrServiceImplBase {
  private final TranscribeWorld world;

  public AsrGrpcService(
      LoadedModels models,
      ActiveClips clips,
      LoadReport load,
      Scheduler scheduler,
      TranscribeLimits limits,
      AsrTelemetry telemetry) {
    world = new TranscribeWorld(models, clips, load, scheduler, limits, telemetry);
  }

  /** Takes no new clips from now on and says so; those in progress go on. */
  public void drain() {
    world.load().drain();
  }

  @Override
  public StreamObserver<TranscribeRequest> transcribe(StreamObserver<TranscribeResponse> peer) {
    return TranscribeCall.start(world, (ServerCallStreamObserver<TranscribeResponse>) peer);
  }

  @Override
  public void listModels(ListModelsRequest request, StreamObserver<ListModelsResponse> peer) {
    answer(
        peer,
        world.models().list(),
        all ->
            ListModelsResponse.newBuilder()
                .addAllModels(all.stream().map(Messages::model).toList())
                .build());
  }

  @Override
  public void loadModel(LoadModelRequest request, StreamObserver<LoadModelResponse> peer) {
    answer(
        peer,
        world.models().load(TranscribeRules.model(request.getModelVersion())),
        outcome ->
            LoadModelResponse.newBuilder()
                .setModel(Messages.model(outcome.status()))
                .setLoadTime(Messages.duration(outcome.loadTime()))
                .build());
  }

  @Override
  public void unloadModel(UnloadModelRequest request, StreamObserver<UnloadModelResponse> peer) {
    answer(
        peer,
        world
            .models()
            .unload(TranscribeRules.model(request.getModelVersion()), request.getAllowLast()),
        status -> UnloadModelResponse.newBuilder().setModel(Messages.model(status)).build());
  }

  @Override
  public void watchLoad(WatchLoadRequest request, StreamObserver<WatchLoadResponse> peer) {
    WatchLoadCall.start(world, request, (ServerCallStreamObserver<WatchLoadResponse>) peer);
  }

  /** Answers once, when the future is done, from whatever thread completes it. */
  private static <T, R> void answer(
      StreamObserver<R> peer, CompletableFuture<T> future, Function<T, R> message) {
    // With a handler, answering a caller who has gone does nothing instead of throwing.
    ((ServerCallStreamObserver<R>) peer).setOnCancelHandler(() -> {});
    var unused =
        future
            .thenApply(message)
            .whenComplete(
                (response, failure) -> {
                  if (response == null) {
                    peer.onError(Statuses.toException(cause(failure)));
                  } else {
                    peer.onNext(response);
                    peer.onCompleted();
                  }
                });
  }

  private static Throwable cause(@Nullable Throwable failure) {
    return failure == null ? new IllegalStateException("no response") : failure;
  }
}
