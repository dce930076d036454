// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.targets;

import halfsecond.asr.model.InstalledModel;
import halfsecond.asr.model.ModelCatalogue;
import halfsecond.asr.model.ModelException;
import halfsecond.asr.model.ModelId;
import halfsecond.asr.recognition.Recognizer;
import halfsecond.asr.recognition.SpeechModel;
import halfsecond.asr.vosk.VoskEngine;
import halfsecond.common.concurrent.NamedThreads;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The engine alone, inside of the load generator: what a server can at best be, with the same model
 * and the same number of decode threads, but without a network, a detector or partials.
 *
 * <p>As many threads as processors share one queue. A query that has a block of 100 ms waits in it
 * once, from the arrival of the block on, and is decoded one block a turn: first come, first
 * served, with no rank for the last block. A recognizer is made with the first block and freed with
 * the final.
 */
public final class LibvoskTarget implements Target {
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final InstalledModel version;
  private final SpeechModel model;
  private final boolean partials;
  private final int threads = Runtime.getRuntime().availableProcessors();
  private final ExecutorService pool = NamedThreads.fixed("libvosk", threads);
  private final Set<LibvoskQuery> open = ConcurrentHashMap.newKeySet();

  private volatile boolean closed;

  private LibvoskTarget(InstalledModel version, SpeechModel model, boolean partials) {
    this.version = version;
    this.model = model;
    this.partials = partials;
  }

  /**
   * Loads the model, which takes seconds, and decodes a little to warm it up.
   *
   * @param catalogue of models
   * @param options the version, and whether partials are wanted (off unless said)
   * @throws IOException if the catalogue has no such model or it cannot be loaded
   */
  public static LibvoskTarget load(Path catalogue, TargetOptions options) throws IOException {
    InstalledModel version = find(catalogue, options.modelVersion());
    SpeechModel model = new VoskEngine().load(version.directory());
    try (Recognizer recognizer = model.recognizer()) {
      recognizer.begin(1);
      recognizer.accept(new byte[LibvoskQuery.BLOCK_BYTES], LibvoskQuery.BLOCK_BYTES);
      recognizer.finish();
    }
    return new LibvoskTarget(version, model, options.interims().orElse(false));
  }

  /**
   * The version asked for, or the latest.
   *
   * @throws IOException if the catalogue has no such model
   */
  public static InstalledModel find(Path catalogue, Optional<String> asked) throws IOException {
    ModelCatalogue models = ModelCatalogue.open(catalogue);
    Optional<InstalledModel> found;
    if (asked.isPresent()) {
      found = models.find(ModelId.parse(asked.get()));
    } else {
      List<InstalledModel> all = models.list().models();
      found = all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
    }
    return found.orElseThrow(
        () ->
            new ModelException(
                "there is no "
                    + asked.orElse("model")
                    + " in "
                    + models.root()
                    + ": run halfsecond model prepare"));
  }

  @Override
  public String name() {
    return "libvosk";
  }

  @Override
  public Map<String, String> facts() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("what", "the engine alone, in the load generator's process: the limit");
    facts.put("model", version.id().toString());
    facts.put("graph", version.manifest().hasStaticGraph() ? "static" : "composed while decoding");
    facts.put("decode threads", Integer.toString(threads));
    facts.put("schedule", "blocks of 100 ms, first come first served, one block a turn");
    facts.put("interim results", partials ? "on" : "off");
    return facts;
  }

  @Override
  public boolean serverFindsEnd() {
    return false;
  }

  @Override
  public QueryStream open(QueryListener listener) {
    LibvoskQuery query = new LibvoskQuery(model, partials, pool, listener, open::remove);
    open.add(query);
    if (closed) {
      throw new IllegalStateException("the target is closed");
    }
    return query;
  }

  /** Waits until no thread decodes any more. */
  @Override
  public void close() {
    closed = true;
    open.forEach(LibvoskQuery::cancel);
    pool.shutdown();
    try {
      pool.awaitTermination(GRACE.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    model.close();
  }
}
