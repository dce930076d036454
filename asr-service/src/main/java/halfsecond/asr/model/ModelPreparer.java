// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.model;

import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Makes versions 1 and 2 out of a fetched version 0: the settings of {@link Variant}, and a static
 * graph where OpenFst is installed. Both are compared with version 0 on the check clips before
 * anybody can load them. Done once: later calls return what is there, also when several threads and
 * processes come at the same time. A version that was prepared without a static graph, by an older
 * recipe, from another version 0, or that has lost files, is replaced under its number: what tells
 * the two apart is the content hash.
 */
public final class ModelPreparer {
  private static final String ADVICE =
      "The models decode on the stock graph. For one that is ten times as fast: "
          + OpenFst.INSTALL
          + ", then halfsecond model prepare";

  private final ModelCatalogue catalogue;
  private final ModelId stockId;
  private final Map<String, String> environment;
  private final ClipTranscriber transcriber;
  private final ProgressListener progress;

  /** Prepares the versions of {@code en-small}. */
  public ModelPreparer(
      ModelCatalogue catalogue, ClipTranscriber transcriber, ProgressListener progress) {
    this(catalogue, ModelArchive.EN_SMALL.id(), System.getenv(), transcriber, progress);
  }

  ModelPreparer(
      ModelCatalogue catalogue,
      ModelId stockId,
      Map<String, String> environment,
      ClipTranscriber transcriber,
      ProgressListener progress) {
    this.catalogue = catalogue;
    this.stockId = stockId;
    this.environment = Map.copyOf(environment);
    this.transcriber = transcriber;
    this.progress = progress;
  }

  /**
   * Makes what is missing, and returns at once when nothing is.
   *
   * @throws ModelException when the stock model is missing or damaged, a tool fails, or a version
   *     hears worse than the stock model; that version is then left as it was
   */
  public PreparedModels prepare(GraphChoice choice) throws IOException, InterruptedException {
    Optional<OpenFst> tools =
        choice == GraphChoice.NEVER ? Optional.empty() : OpenFst.find(environment);
    if (choice == GraphChoice.REQUIRED && tools.isEmpty()) {
      throw new ModelException("OpenFst is not installed: " + OpenFst.INSTALL);
    }
    Map<ModelId, InstalledModel> ready = ready(stock(), tools.isPresent());
    if (ready.size() == Variant.ALL.size()) {
      return result(ready, false, choice);
    }
    try (CatalogueLock lock = CatalogueLock.acquire(catalogue, progress)) {
      InstalledModel stock = stock();
      ready = ready(stock, tools.isPresent());
      if (ready.size() == Variant.ALL.size()) {
        return result(ready, false, choice);
      }
      make(stock, ready, tools);
      return result(ready, true, choice);
    }
  }

  private void make(
      InstalledModel stock, Map<ModelId, InstalledModel> ready, Optional<OpenFst> tools)
      throws IOException, InterruptedException {
    if (!catalogue.verify(stockId).isEmpty()) {
      throw new ModelException(
          stockId
              + " is damaged (halfsecond model verify says where): remove "
              + catalogue.directoryOf(stockId)
              + " and fetch it again");
    }
    ModelInstaller installer = new ModelInstaller(catalogue, InstantSource.system());
    try (Preparation preparation = new Preparation(stock, installer, transcriber, progress)) {
      preparation.useGraph(ready.values(), tools);
      for (Variant variant : Variant.ALL) {
        ModelId id = idOf(variant);
        if (!ready.containsKey(id)) {
          ready.put(id, preparation.make(id, variant));
        }
      }
    }
  }

  private InstalledModel stock() throws IOException {
    return catalogue
        .find(stockId)
        .orElseThrow(
            () ->
                new ModelException(
                    stockId + " is not installed: run halfsecond model fetch first"));
  }

  /** The prepared versions that need no work, in order. */
  private Map<ModelId, InstalledModel> ready(InstalledModel stock, boolean withGraph)
      throws IOException {
    Map<ModelId, InstalledModel> ready = new TreeMap<>();
    for (Variant variant : Variant.ALL) {
      catalogue
          .findUndamaged(idOf(variant))
          .filter(model -> isOf(stock, model))
          .filter(model -> model.manifest().hasStaticGraph() || !withGraph)
          .ifPresent(model -> ready.put(model.id(), model));
    }
    return ready;
  }

  private static boolean isOf(InstalledModel stock, InstalledModel model) {
    ModelDescription about = model.manifest().about();
    return Preparation.derivationFrom(stock).equals(about.derivedFrom())
        && Preparation.RECIPE.equals(about.tools().get("recipe"));
  }

  private ModelId idOf(Variant variant) {
    return new ModelId(stockId.name(), variant.version());
  }

  private PreparedModels result(
      Map<ModelId, InstalledModel> models, boolean changed, GraphChoice choice) {
    boolean fast = models.values().stream().allMatch(model -> model.manifest().hasStaticGraph());
    return new PreparedModels(
        List.copyOf(models.values()),
        changed,
        fast || choice == GraphChoice.NEVER ? Optional.empty() : Optional.of(ADVICE));
  }
}
