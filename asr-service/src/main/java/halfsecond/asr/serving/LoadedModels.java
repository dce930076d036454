// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.serving;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import halfsecond.asr.model.ModelId;
import halfsecond.asr.recognition.ModelLease;
import halfsecond.common.error.Reason;
import halfsecond.common.error.SpeechException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The versions in service. Several are loaded at once; loading or unloading one disturbs no clip of
 * any. Safe for use by any thread, and no method waits: what takes time comes as a future, which
 * completes on a thread of the loader's.
 */
public final class LoadedModels implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LoadedModels.class);

  /** How long closing waits for clips; what is left then is freed with the process. */
  private static final Duration CLOSE_GRACE = Duration.ofSeconds(10);

  private final ModelLoading loading;
  private final Object lock = new Object();

  @GuardedBy("lock")
  private final Map<ModelId, Entry> entries = new TreeMap<>();

  /** Why a version did not load; kept until it does. */
  @GuardedBy("lock")
  private final Map<ModelId, String> problems = new TreeMap<>();

  @GuardedBy("lock")
  private boolean closed;

  /** A version that is on its way in, in service, or on its way out. */
  private static final class Entry {
    final CompletableFuture<LoadOutcome> loaded = new CompletableFuture<>();
    @Nullable LoadedModel model;
    @Nullable CompletableFuture<Void> retired;

    ModelState state() {
      if (retired != null) {
        return ModelState.UNLOADING;
      }
      return model == null ? ModelState.LOADING : ModelState.LOADED;
    }

    int activeClips() {
      return model == null ? 0 : model.activeClips();
    }
  }

  public LoadedModels(ModelLoading loading) {
    this.loading = loading;
  }

  /**
   * Verifies, loads and warms up a version, and puts it into service. Asking for one that is being
   * loaded gives the same future's outcome; for one in service, an outcome at once. Fails with
   * {@link SpeechException}: {@code MODEL_NOT_FOUND}, {@code MODEL_NOT_READY} (damaged, or being
   * unloaded), {@code SATURATED} (not enough memory).
   */
  public CompletableFuture<LoadOutcome> load(ModelId id) {
    Entry entry;
    synchronized (lock) {
      if (closed) {
        return failed(Reason.DRAINING, "the service is stopping", id);
      }
      Entry known = entries.get(id);
      if (known != null) {
        return switch (known.state()) {
          case LOADED -> CompletableFuture.completedFuture(outcome(id, known, Duration.ZERO));
          case UNLOADING ->
              failed(Reason.MODEL_NOT_READY, "the model version is being unloaded", id);
          case LOADING, AVAILABLE, DAMAGED -> known.loaded.copy();
        };
      }
      entry = new Entry();
      entries.put(id, entry);
    }
    var unused =
        loading.load(id).whenComplete((model, failure) -> publish(id, entry, model, failure));
    return entry.loaded.copy();
  }

  /**
   * Takes a version out of service: gives it to no further clip, waits for those that use it, and
   * frees it. Fails with {@link SpeechException}: {@code MODEL_NOT_FOUND} when it is not in
   * service, {@code STATE_CONFLICT} when it is the last one.
   *
   * @param allowLast whether the last version in service may go
   */
  public CompletableFuture<ModelStatus> unload(ModelId id, boolean allowLast) {
    CompletableFuture<Void> retired;
    synchronized (lock) {
      Entry entry = entries.get(id);
      if (entry == null || entry.model == null) {
        return failed(Reason.MODEL_NOT_FOUND, "the model version is not loaded", id);
      }
      if (entry.retired == null) {
        if (!allowLast && inService().size() == 1) {
          return failed(
              Reason.STATE_CONFLICT,
              "the last loaded model version stays unless allow_last is set",
              id);
        }
        entry.retired = retire(id, entry, entry.model);
      }
      retired = entry.retired;
    }
    return retired.thenApply(done -> status(id));
  }

  /**
   * A lease for one clip: of free speech, or of nothing but the phrases if there are any. Fails
   * with {@link SpeechException}: {@code MODEL_NOT_FOUND}, {@code PHRASES_INVALID}, or as {@link
   * #load} where phrases need a second model.
   */
  public CompletableFuture<ModelLease> lease(ModelId id, List<String> phrases) {
    LoadedModel model = null;
    synchronized (lock) {
      Entry entry = entries.get(id);
      if (entry != null && entry.retired == null) {
        model = entry.model;
      }
    }
    if (model == null) {
      return failed(Reason.MODEL_NOT_FOUND, "the model version is not loaded", id);
    }
    try {
      return model.lease(phrases);
    } catch (SpeechException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /**
   * Every version of the catalogue, and those in service whatever became of their files; ordered.
   */
  public CompletableFuture<List<ModelStatus>> list() {
    return loading
        .catalogued()
        .thenApply(
            catalogued -> {
              Map<ModelId, ModelStatus> all = new TreeMap<>();
              catalogued.forEach(status -> all.put(status.id(), refined(status)));
              loadedOrLoading().forEach(id -> all.computeIfAbsent(id, this::status));
              return List.copyOf(all.values());
            });
  }

  /** Versions that take clips, ordered. */
  public List<ModelId> inService() {
    synchronized (lock) {
      List<ModelId> ids = new ArrayList<>();
      entries.forEach(
          (id, entry) -> {
            if (entry.state() == ModelState.LOADED) {
              ids.add(id);
            }
          });
      return ids;
    }
  }

  /** Takes all versions out of service and waits some seconds for their clips. */
  @Override
  public void close() {
    List<CompletableFuture<?>> last = new ArrayList<>();
    synchronized (lock) {
      closed = true;
      // A copy: what has no clips is retired at once, and then takes itself out.
      Map.copyOf(entries).forEach((id, entry) -> last.add(ending(id, entry)));
    }
    try {
      CompletableFuture.allOf(last.toArray(CompletableFuture<?>[]::new))
          .get(CLOSE_GRACE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      LOG.atDebug().setCause(e).log("a model did not load before the end");
    } catch (TimeoutException e) {
      LOG.atWarn().addKeyValue("models", last.size()).log("models are still in use at the end");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @GuardedBy("lock")
  private CompletableFuture<?> ending(ModelId id, Entry entry) {
    if (entry.retired != null) {
      return entry.retired;
    }
    if (entry.model == null) {
      return entry.loaded;
    }
    CompletableFuture<Void> retired = retire(id, entry, entry.model);
    entry.retired = retired;
    return retired;
  }

  private void publish(
      ModelId id, Entry entry, ModelLoading.@Nullable Loaded loaded, @Nullable Throwable failure) {
    boolean late;
    LoadOutcome outcome = null;
    synchronized (lock) {
      late = closed;
      if (loaded == null || late) {
        entries.remove(id);
        ModelLoading.problemOf(failure).ifPresent(problem -> problems.put(id, problem));
      } else {
        entry.model = loaded.model();
        problems.remove(id);
        outcome = outcome(id, entry, loaded.time());
      }
    }
    if (outcome != null) {
      entry.loaded.complete(outcome);
    } else if (loaded != null) {
      var unused =
          loaded.model().retire().whenComplete((done, error) -> entry.loaded.cancel(false));
    } else {
      entry.loaded.completeExceptionally(ModelLoading.unwrapped(failure));
    }
  }

  @GuardedBy("lock")
  private CompletableFuture<Void> retire(ModelId id, Entry entry, LoadedModel model) {
    return model
        .retire()
        .whenComplete(
            (done, failure) -> {
              synchronized (lock) {
                entries.remove(id, entry);
              }
              LOG.atInfo().addKeyValue("model", id).log("model unloaded");
            });
  }

  private List<ModelId> loadedOrLoading() {
    synchronized (lock) {
      return List.copyOf(entries.keySet());
    }
  }

  private ModelStatus refined(ModelStatus catalogued) {
    synchronized (lock) {
      Entry entry = entries.get(catalogued.id());
      if (entry != null) {
        return new ModelStatus(
            catalogued.id(), entry.state(), catalogued.manifest(), entry.activeClips(), "");
      }
      String problem = problems.get(catalogued.id());
      return problem == null
          ? catalogued
          : new ModelStatus(catalogued.id(), ModelState.DAMAGED, catalogued.manifest(), 0, problem);
    }
  }

  private ModelStatus status(ModelId id) {
    synchronized (lock) {
      Entry entry = entries.get(id);
      return entry == null
          ? new ModelStatus(id, ModelState.AVAILABLE, loading.manifest(id), 0, "")
          : outcome(id, entry, Duration.ZERO).status();
    }
  }

  private static LoadOutcome outcome(ModelId id, Entry entry, Duration time) {
    LoadedModel model = entry.model;
    return new LoadOutcome(
        new ModelStatus(
            id,
            entry.state(),
            Optional.ofNullable(model).map(m -> m.installed().manifest()),
            entry.activeClips(),
            ""),
        time);
  }

  private static <T> CompletableFuture<T> failed(Reason reason, String text, ModelId id) {
    return CompletableFuture.failedFuture(
        new SpeechException(reason, text, Map.of("model", id.toString())));
  }
}
