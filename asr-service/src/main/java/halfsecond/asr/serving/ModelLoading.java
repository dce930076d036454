// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.serving;

import halfsecond.asr.model.DamagedModel;
import halfsecond.asr.model.InstalledModel;
import halfsecond.asr.model.ModelCatalogue;
import halfsecond.asr.model.ModelException;
import halfsecond.asr.model.ModelId;
import halfsecond.asr.model.ModelManifest;
import halfsecond.asr.recognition.Recognizer;
import halfsecond.asr.recognition.RecognizerPool;
import halfsecond.asr.recognition.SpeechModel;
import halfsecond.asr.recognition.SpeechModelLoader;
import halfsecond.common.concurrent.Scheduler;
import halfsecond.common.concurrent.SerialExecutor;
import halfsecond.common.error.Reason;
import halfsecond.common.error.SpeechException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns a version of the catalogue into one that can serve: checked against its manifest, with
 * memory to spare, loaded, and warmed up. One load at a time, so that each sees how much memory the
 * one before it left. Safe for use by any thread.
 */
public final class ModelLoading {
  private static final Logger LOG = LoggerFactory.getLogger(ModelLoading.class);

  private final ModelCatalogue catalogue;
  private final SpeechModelLoader engine;
  private final MemoryHeadroom memory;
  private final ServingLimits limits;
  private final Scheduler scheduler;
  private final Executor worker;
  private final Executor loads;

  record Loaded(LoadedModel model, Duration time) {}

  /**
   * @param worker threads for work that reads files; at least two, since one may be loading for
   *     seconds
   */
  public ModelLoading(
      ModelCatalogue catalogue,
      SpeechModelLoader engine,
      MemoryHeadroom memory,
      ServingLimits limits,
      Scheduler scheduler,
      Executor worker) {
    this.catalogue = catalogue;
    this.engine = engine;
    this.memory = memory;
    this.limits = limits;
    this.scheduler = scheduler;
    this.worker = worker;
    this.loads =
        new SerialExecutor(worker, e -> LOG.atError().setCause(e).log("a load must not throw"));
  }

  CompletableFuture<Loaded> load(ModelId id) {
    return CompletableFuture.supplyAsync(() -> loadNow(id), loads);
  }

  /** What the catalogue holds; damaged versions have a problem. */
  CompletableFuture<List<ModelStatus>> catalogued() {
    return CompletableFuture.supplyAsync(this::listNow, worker);
  }

  /** Empty also when it cannot be read. */
  Optional<ModelManifest> manifest(ModelId id) {
    try {
      return catalogue.find(id).map(InstalledModel::manifest);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** The failure itself, out of what futures wrap it in. */
  static Throwable unwrapped(@Nullable Throwable failure) {
    Throwable inner = failure instanceof CompletionException wrapped ? wrapped.getCause() : failure;
    return Objects.requireNonNullElseGet(
        inner, () -> new IllegalStateException("a load ended without a model"));
  }

  /** What a failed load says about the model itself; empty when it is not the model's fault. */
  static Optional<String> problemOf(@Nullable Throwable failure) {
    return unwrapped(failure) instanceof SpeechException refused
            && refused.reason() == Reason.MODEL_NOT_READY
        ? Optional.of(refused.text())
        : Optional.empty();
  }

  private List<ModelStatus> listNow() {
    try {
      List<ModelStatus> all = new ArrayList<>();
      var listing = catalogue.list();
      for (InstalledModel model : listing.models()) {
        all.add(
            new ModelStatus(
                model.id(), ModelState.AVAILABLE, Optional.of(model.manifest()), 0, ""));
      }
      for (DamagedModel model : listing.damaged()) {
        model
            .id()
            .ifPresent(
                id ->
                    all.add(
                        new ModelStatus(
                            id, ModelState.DAMAGED, Optional.empty(), 0, "its files are damaged")));
      }
      return all;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * On a static graph a new recognizer costs next to nothing, so none is kept: handles are clips in
   * progress.
   */
  private RecognizerPool.Limits poolOf(InstalledModel installed) {
    return installed.manifest().hasStaticGraph() ? limits.pool().keepingNone() : limits.pool();
  }

  private Loaded loadNow(ModelId id) {
    long start = scheduler.nanos();
    InstalledModel installed = installed(id);
    SpeechModel model = loaded(id, installed.directory());
    RecognizerPool pool = new RecognizerPool(model::recognizer, poolOf(installed), scheduler);
    try {
      warmUp(pool);
    } catch (RuntimeException e) {
      pool.close();
      model.close();
      throw damaged(id, "it loads but does not decode", e);
    }
    Duration time = Duration.ofNanos(scheduler.nanos() - start);
    LOG.atInfo()
        .addKeyValue("model", id)
        .addKeyValue("load_ms", time.toMillis())
        .log("model loaded");
    return new Loaded(
        new LoadedModel(installed, model, pool, phraseModel(installed, model), worker), time);
  }

  private static void warmUp(RecognizerPool pool) {
    Recognizer first = pool.acquire();
    try {
      WarmUp.run(first);
      pool.release(first);
    } catch (RuntimeException e) {
      pool.discard(first);
      throw e;
    }
  }

  private PhraseModel phraseModel(InstalledModel installed, SpeechModel model) {
    if (model.takesPhrases()) {
      return new PhraseModel(
          () -> new BorrowedModel(model), Runnable::run, scheduler, Duration.ZERO);
    }
    return new PhraseModel(
        () -> loaded(installed.id(), installed.grammarDirectory()),
        worker,
        scheduler,
        limits.phraseModelIdle());
  }

  private InstalledModel installed(ModelId id) {
    try {
      InstalledModel installed =
          catalogue
              .find(id)
              .orElseThrow(
                  () ->
                      new SpeechException(
                          Reason.MODEL_NOT_FOUND,
                          "the catalogue has no such model version",
                          Map.of("model", id.toString())));
      if (!catalogue.verify(id).isEmpty()) {
        throw damaged(id, "its files are not what the manifest says", null);
      }
      return installed;
    } catch (ModelException e) {
      throw damaged(id, "its files are damaged", e);
    } catch (IOException e) {
      throw damaged(id, "its files cannot be read", e);
    }
  }

  private SpeechModel loaded(ModelId id, Path directory) {
    try {
      long need = MemoryNeed.bytes(directory);
      if (memory.availableBytes() - need < limits.memoryReserveBytes()) {
        throw new SpeechException(
            Reason.SATURATED,
            "not enough memory to load the model",
            Map.of("model", id.toString(), "needed_bytes", Long.toString(need)));
      }
      return engine.load(directory);
    } catch (IOException e) {
      throw damaged(id, "the engine cannot read its files", e);
    }
  }

  private static SpeechException damaged(ModelId id, String problem, @Nullable Exception cause) {
    LOG.atWarn()
        .addKeyValue("model", id)
        .addKeyValue("problem", problem)
        .setCause(cause)
        .log("model is damaged");
    return new SpeechException(Reason.MODEL_NOT_READY, problem, Map.of("model", id.toString()));
  }
}
