// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.rpc;

import halfsecond.asr.v1.AsrServiceGrpc;
import halfsecond.asr.v1.AsrServiceGrpc.AsrServiceStub;
import halfsecond.asr.v1.ListModelsRequest;
import halfsecond.asr.v1.ListModelsResponse;
import halfsecond.asr.v1.Model;
import halfsecond.asr.v1.WatchLoadRequest;
import halfsecond.asr.v1.WatchLoadResponse;
import halfsecond.common.concurrent.Scheduler;
import halfsecond.router.model.LoadedModel;
import halfsecond.router.model.ModelDirectory;
import io.grpc.Channel;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The models of one recognition backend: a watch says which versions take clips, and whenever that
 * changes the list is fetched, which knows their languages. When the watch is lost the last list
 * stands, marked as no longer known, and the watch is opened again after a while.
 */
public final class AsrModels implements ModelDirectory, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AsrModels.class);
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(2);

  private final AsrServiceStub stub;
  private final Scheduler scheduler;
  private final Backoff backoff;
  private final com.google.protobuf.Duration interval;
  private final AtomicReference<@Nullable CompletableFuture<Void>> asking = new AtomicReference<>();
  private volatile List<LoadedModel> loaded = List.of();
  private volatile boolean known;
  private volatile boolean closed;
  private volatile @Nullable Watch watch;

  /**
   * @param interval how often the backend reports: 50 ms to 10 s
   */
  public AsrModels(Channel channel, Scheduler scheduler, Duration interval) {
    this.stub = AsrServiceGrpc.newStub(channel);
    this.scheduler = scheduler;
    this.interval = SpeechMessages.duration(interval);
    this.backoff = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(5));
  }

  /** Begins to watch. To be called once. */
  public void start() {
    if (closed) {
      return;
    }
    Watch next = new Watch();
    watch = next;
    stub.watchLoad(WatchLoadRequest.newBuilder().setInterval(interval).build(), next);
  }

  @Override
  public List<LoadedModel> loaded() {
    return loaded;
  }

  @Override
  public boolean known() {
    return known;
  }

  @Override
  public CompletionStage<Void> refresh() {
    CompletableFuture<Void> mine = new CompletableFuture<>();
    CompletableFuture<Void> running = asking.compareAndExchange(null, mine);
    if (running != null) {
      return running;
    }
    stub.withDeadlineAfter(ANSWER_WITHIN.toMillis(), TimeUnit.MILLISECONDS)
        .listModels(ListModelsRequest.getDefaultInstance(), new Listing(mine));
    return mine;
  }

  @Override
  public void close() {
    closed = true;
    Watch open = watch;
    if (open != null) {
      open.stop();
    }
  }

  private Set<String> versions() {
    return loaded.stream().map(LoadedModel::version).collect(Collectors.toSet());
  }

  /** One question. */
  private final class Listing implements StreamObserver<ListModelsResponse> {
    private final CompletableFuture<Void> done;

    Listing(CompletableFuture<Void> done) {
      this.done = done;
    }

    @Override
    public void onNext(ListModelsResponse response) {
      List<LoadedModel> now =
          response.getModelsList().stream()
              .filter(model -> model.getState() == Model.State.STATE_LOADED)
              .map(model -> new LoadedModel(model.getModelVersion(), model.getLanguageCode()))
              .toList();
      if (!now.equals(loaded)) {
        LOG.atInfo()
            .addKeyValue("models", now.stream().map(LoadedModel::version).toList())
            .log("recognition has other models");
      }
      loaded = now;
      known = true;
    }

    @Override
    public void onError(Throwable ignored) {
      finish();
    }

    @Override
    public void onCompleted() {
      finish();
    }

    private void finish() {
      asking.set(null);
      done.complete(null);
    }
  }

  /** One watch, until it breaks. */
  private final class Watch implements ClientResponseObserver<WatchLoadRequest, WatchLoadResponse> {
    private volatile @Nullable ClientCallStreamObserver<WatchLoadRequest> call;

    @Override
    public void beforeStart(ClientCallStreamObserver<WatchLoadRequest> stream) {
      call = stream;
    }

    @Override
    public void onNext(WatchLoadResponse response) {
      backoff.reset();
      if (!known || !versions().equals(Set.copyOf(response.getLoadedModelVersionsList()))) {
        CompletionStage<Void> unused = refresh();
      }
    }

    @Override
    public void onError(Throwable ignored) {
      again();
    }

    @Override
    public void onCompleted() {
      again();
    }

    private void again() {
      if (known && !closed) {
        LOG.atWarn().log("the watch on recognition's models was lost");
      }
      known = false;
      if (!closed) {
        Scheduler.Timer unused = scheduler.after(backoff.next(), AsrModels.this::start);
      }
    }

    void stop() {
      ClientCallStreamObserver<WatchLoadRequest> open = call;
      if (open != null) {
        open.cancel("the router stops", null);
      }
    }
  }
}
