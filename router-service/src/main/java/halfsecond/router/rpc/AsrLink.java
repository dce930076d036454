// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.rpc;

import halfsecond.asr.v1.AsrServiceGrpc;
import halfsecond.asr.v1.ListModelsRequest;
import halfsecond.asr.v1.ListModelsResponse;
import halfsecond.asr.v1.Load;
import halfsecond.asr.v1.Model;
import halfsecond.asr.v1.WatchLoadRequest;
import halfsecond.asr.v1.WatchLoadResponse;
import halfsecond.common.concurrent.Scheduler;
import halfsecond.router.backend.LoadReport;
import halfsecond.router.backend.Replica;
import halfsecond.router.model.LoadedModel;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The link to one replica of recognition: it reports its load and the versions that take clips, and
 * whenever those change the list of models is fetched, which knows their languages.
 */
final class AsrLink extends Link {
  private static final Logger LOG = LoggerFactory.getLogger(AsrLink.class);
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(2);

  private final Replica replica;
  private final Connections connections;
  private final Watch<WatchLoadResponse> load;
  private final Watch<HealthCheckResponse> health;
  private final AtomicReference<@Nullable CompletableFuture<Void>> asking = new AtomicReference<>();
  private volatile boolean listed;

  /**
   * @param interval between two reports: 50 ms to 10 s
   */
  AsrLink(Replica replica, Connections connections, Scheduler scheduler, Duration interval) {
    super(replica, connections);
    this.replica = replica;
    this.connections = connections;
    WatchLoadRequest request =
        WatchLoadRequest.newBuilder().setInterval(SpeechMessages.duration(interval)).build();
    this.load =
        new Watch<>(
            reports ->
                AsrServiceGrpc.newStub(connections.first())
                    .withWaitForReady()
                    .watchLoad(request, reports),
            connections::reconnect,
            scheduler,
            new Reports());
    this.health = HealthWatch.of(connections, scheduler, new Health());
  }

  @Override
  void start() {
    load.start();
    health.start();
  }

  /** Asks for the list of models; questions that come while one is under way share it. */
  CompletionStage<Void> refresh() {
    CompletableFuture<Void> mine = new CompletableFuture<>();
    CompletableFuture<Void> running = asking.compareAndExchange(null, mine);
    if (running != null) {
      return running;
    }
    AsrServiceGrpc.newStub(connections.first())
        .withDeadlineAfter(ANSWER_WITHIN.toMillis(), TimeUnit.MILLISECONDS)
        .listModels(ListModelsRequest.getDefaultInstance(), new Listing(mine));
    return mine;
  }

  @Override
  void probe() {
    CompletionStage<Void> unused = refresh();
  }

  /** Whether its models are known and it is there. */
  boolean known() {
    return listed && replica.ready();
  }

  @Override
  public void close() {
    load.close();
    health.close();
  }

  private static LoadReport report(Load load) {
    return new LoadReport(
        load.getCoresUsed() >= 0 ? load.getCoresUsed() : 0,
        load.getCores() > 0 ? load.getCores() : 0,
        load.hasBacklog() && load.getBacklog().getSeconds() >= 0
            ? AsrMessages.duration(load.getBacklog())
            : Duration.ZERO,
        load.getDraining());
  }

  private final class Reports implements Watch.Listener<WatchLoadResponse> {
    @Override
    public boolean heard(WatchLoadResponse response) {
      replica.reported(report(response.getLoad()));
      Set<String> versions = replica.versions();
      List<String> now = response.getLoadedModelVersionsList();
      if (!listed || versions.size() != now.size() || !versions.containsAll(now)) {
        replica.versions(Set.copyOf(now));
        CompletionStage<Void> unused = refresh();
      }
      return true;
    }

    @Override
    public void lost(Status.Code code) {
      if (replica.ready()) {
        LOG.atWarn()
            .addKeyValue("backend", replica.name())
            .log("the watch on a recognition backend was lost");
      }
      replica.lost();
    }
  }

  private final class Health implements Watch.Listener<HealthCheckResponse> {
    @Override
    public boolean heard(HealthCheckResponse report) {
      boolean serves = HealthWatch.serves(report);
      replica.serving(serves);
      return serves;
    }

    @Override
    public void lost(Status.Code code) {
      // Reports of load say whether it is there.
    }
  }

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
      if (!now.equals(replica.models())) {
        LOG.atInfo()
            .addKeyValue("backend", replica.name())
            .addKeyValue("models", now.stream().map(LoadedModel::version).toList())
            .log("a recognition backend has other models");
      }
      replica.models(now);
      listed = true;
      replica.alive();
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
}
