// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.serving;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import halfsecond.asr.recognition.SpeechModel;
import halfsecond.common.concurrent.Scheduler;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The model that phrase lists are recognized with. A version whose own model takes them uses that;
 * one with a composed graph needs its stock graph as a second native model, which is loaded on
 * first use and freed when unused for a while. Safe for use by any thread.
 */
final class PhraseModel implements AutoCloseable {
  private final Supplier<SpeechModel> loader;
  private final Executor worker;
  private final Scheduler scheduler;
  private final Duration idle;
  private final Object lock = new Object();

  @GuardedBy("lock")
  private @Nullable CompletableFuture<SpeechModel> model;

  @GuardedBy("lock")
  private int users;

  @GuardedBy("lock")
  private Scheduler.@Nullable Timer unloading;

  /**
   * @param loader loads the model; runs on the worker
   * @param idle how long it stays without users
   */
  PhraseModel(Supplier<SpeechModel> loader, Executor worker, Scheduler scheduler, Duration idle) {
    this.loader = loader;
    this.worker = worker;
    this.scheduler = scheduler;
    this.idle = idle;
  }

  /** Keeps the model loaded until closed. */
  final class Use implements AutoCloseable {
    private final SpeechModel used;
    private final AtomicBoolean done = new AtomicBoolean();

    private Use(SpeechModel used) {
      this.used = used;
    }

    SpeechModel model() {
      return used;
    }

    @Override
    public void close() {
      if (done.compareAndSet(false, true)) {
        leave();
      }
    }
  }

  /** Completes once loaded. */
  CompletableFuture<Use> use() {
    CompletableFuture<SpeechModel> loading;
    synchronized (lock) {
      users++;
      if (unloading != null) {
        unloading.cancel();
        unloading = null;
      }
      if (model == null) {
        model = CompletableFuture.supplyAsync(loader, worker);
      }
      loading = model;
    }
    return loading
        .whenComplete(
            (loaded, failure) -> {
              if (failure != null) {
                forget(loading);
              }
            })
        .thenApply(Use::new);
  }

  /** Frees the model if it is loaded. Nobody may use it any more. */
  @Override
  public void close() {
    synchronized (lock) {
      users = 0;
    }
    closeIfUnused();
  }

  private void leave() {
    synchronized (lock) {
      users--;
      if (users == 0 && model != null) {
        unloading = scheduler.after(idle, () -> worker.execute(this::closeIfUnused));
      }
    }
  }

  private void forget(CompletableFuture<SpeechModel> failed) {
    synchronized (lock) {
      users--;
      if (model == failed) {
        model = null;
      }
    }
  }

  private void closeIfUnused() {
    CompletableFuture<SpeechModel> last;
    synchronized (lock) {
      if (users > 0) {
        return;
      }
      last = model;
      model = null;
      if (unloading != null) {
        unloading.cancel();
        unloading = null;
      }
    }
    if (last != null) {
      var unused = last.thenAccept(SpeechModel::close);
    }
  }
}
