// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One run of preparing, under the catalogue's lock. Closing removes what it worked with. */
final class Preparation implements AutoCloseable {
  /** Raised whenever the same stock model would come out differently. */
  static final String RECIPE = "1";

  private final InstalledModel stock;
  private final ModelInstaller installer;
  private final ProgressListener progress;
  private final ModelInstaller.Staging work;
  private final PreparedCheck check;
  private Optional<StaticGraph> graph = Optional.empty();

  Preparation(
      InstalledModel stock,
      ModelInstaller installer,
      ClipTranscriber transcriber,
      ProgressListener progress)
      throws IOException {
    this.stock = stock;
    this.installer = installer;
    this.progress = progress;
    String step = "recognizing the check clips with " + stock.id();
    progress.progress(step, 0);
    this.check = new PreparedCheck(transcriber, CheckClips.load(), stock.directory());
    progress.progress(step, 100);
    this.work = installer.stage();
  }

  static ModelDerivation derivationFrom(InstalledModel stock) {
    return new ModelDerivation(stock.id(), stock.manifest().contentHash());
  }

  /**
   * The versions made after this have the graph that one of the others has, or a newly composed
   * one.
   */
  void useGraph(Collection<InstalledModel> others, Optional<OpenFst> tools)
      throws IOException, InterruptedException {
    graph =
        others.stream()
            .filter(model -> model.manifest().hasStaticGraph())
            .findFirst()
            .map(StaticGraph::of);
    if (graph.isEmpty() && tools.isPresent()) {
      GraphComposer composer = new GraphComposer(tools.get(), work.scratch(), progress);
      graph = Optional.of(composer.compose(stock.directory()));
    }
  }

  /** Makes, checks and installs one version, in place of one that may be there. */
  InstalledModel make(ModelId id, Variant variant) throws IOException {
    String step = "checking and installing " + id;
    progress.progress(step, 0);
    try (ModelInstaller.Staging staging = installer.stage()) {
      Path model = staging.model();
      linkStockFiles(model);
      edit(ConfFile.FEATURES, Variant.FEATURES, model);
      edit(ConfFile.DECODING, variant.decoding(), model);
      if (graph.isPresent()) {
        graph.get().linkInto(model);
      }
      ModelDescription about = describe(model, check.check(id, model));
      InstalledModel installed = staging.install(id, about);
      progress.progress(step, 100);
      return installed;
    }
  }

  // Links, not copies: three versions of 70 MB and two of a 225 MB graph take the space of one.
  private void linkStockFiles(Path model) throws IOException {
    for (ModelFile file : stock.manifest().files()) {
      String path = file.path();
      if (!path.equals(ConfFile.FEATURES) && !path.equals(ConfFile.DECODING)) {
        ModelPaths.linkOrCopy(stock.directory().resolve(path), model.resolve(path));
      }
    }
  }

  private void edit(String path, Map<String, String> values, Path model) throws IOException {
    ConfFile.read(stock.directory(), path).setAll(values).write(model, path);
  }

  private ModelDescription describe(Path model, ModelCheck passed) throws IOException {
    ModelDescription original = stock.manifest().about();
    Map<String, String> tools = new HashMap<>();
    graph.ifPresent(composed -> tools.putAll(composed.tools()));
    tools.put("recipe", RECIPE);
    return new ModelDescription(
        original.language(),
        original.license(),
        original.source(),
        tools,
        ModelParameters.of(model),
        derivationFrom(stock),
        original.training(),
        List.of(passed));
  }

  @Override
  public void close() throws IOException {
    work.close();
  }
}
