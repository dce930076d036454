// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.model;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A directory of model versions, {@code <root>/<name>/<version>/{manifest.json, model/, grammar/}}.
 * Versions appear and disappear as a whole (renames), so that reading needs no lock; nothing is
 * cached, so that what another process installs is seen at once. Safe for use by any number of
 * threads and processes.
 */
public final class ModelCatalogue {
  static final String MANIFEST = "manifest.json";
  static final String MODEL = "model";
  static final String GRAMMAR = "grammar";
  private final Path root;

  private ModelCatalogue(Path root) {
    this.root = root;
  }

  /** Opens the catalogue in a directory, which is created when it does not exist. */
  public static ModelCatalogue open(Path root) throws IOException {
    Files.createDirectories(root);
    return new ModelCatalogue(root.toRealPath());
  }

  /** The directory, absolute. */
  public Path root() {
    return root;
  }

  /** All versions. Does not read model files: cheap, and blind to a changed byte. */
  public CatalogueListing list() throws IOException {
    List<InstalledModel> models = new ArrayList<>();
    List<DamagedModel> damaged = new ArrayList<>();
    for (Path name : directoriesIn(root)) {
      for (Path version : directoriesIn(name)) {
        Optional<ModelId> id =
            ModelId.of(name.getFileName().toString(), version.getFileName().toString());
        try {
          models.add(read(id.orElseThrow(ModelCatalogue::notAnId), version));
        } catch (ModelException problem) {
          damaged.add(new DamagedModel(version, id, String.valueOf(problem.getMessage())));
        }
      }
    }
    models.sort(Comparator.comparing(InstalledModel::id));
    damaged.sort(Comparator.comparing(DamagedModel::directory));
    return new CatalogueListing(models, damaged);
  }

  /**
   * The version of that id, or empty when the catalogue has none.
   *
   * @throws ModelException when it is there but damaged
   */
  public Optional<InstalledModel> find(ModelId id) throws IOException {
    Path version = directoryOf(id);
    return Files.isDirectory(version) ? Optional.of(read(id, version)) : Optional.empty();
  }

  /**
   * Compares every file of a version with its manifest; empty when all is as it should be. Reads
   * everything: about a second for a version with a static graph.
   *
   * @throws ModelException when the version is not there or its manifest is not readable
   */
  public List<ModelProblem> verify(ModelId id) throws IOException {
    Path version = directoryOf(id);
    if (!Files.isDirectory(version)) {
      throw new ModelException("there is no " + id + " in the catalogue " + root);
    }
    return new ModelVerification(version, manifestOf(id, version)).problems();
  }

  /**
   * As {@link #find}, with what is damaged counting as not there: whoever asks is about to replace
   * it.
   */
  Optional<InstalledModel> findUndamaged(ModelId id) throws IOException {
    try {
      return find(id);
    } catch (ModelException damaged) {
      return Optional.empty();
    }
  }

  Path directoryOf(ModelId id) {
    return root.resolve(id.name()).resolve(Integer.toString(id.version()));
  }

  private static InstalledModel read(ModelId id, Path version) throws IOException {
    ModelManifest manifest = manifestOf(id, version);
    Path model = version.resolve(MODEL);
    for (ModelFile file : manifest.files()) {
      Path path = model.resolve(file.path());
      if (!Files.isRegularFile(path) || Files.size(path) != file.size()) {
        throw new ModelException(
            id + " is damaged: model/" + file.path() + " is missing or has another size");
      }
    }
    Path grammar = manifest.needsGrammarDirectory() ? version.resolve(GRAMMAR) : model;
    if (!Files.isDirectory(grammar)) {
      throw new ModelException(id + " is damaged: the directory grammar is missing");
    }
    return new InstalledModel(id, model, grammar, manifest);
  }

  private static ModelManifest manifestOf(ModelId id, Path version) throws IOException {
    ModelManifest manifest;
    try {
      manifest = ManifestJson.read(version.resolve(MANIFEST));
    } catch (ModelException invalid) {
      throw new ModelException(id + " is damaged: " + invalid.getMessage(), invalid);
    }
    if (!manifest.id().equals(id)) {
      throw new ModelException(id + " is damaged: its manifest is that of " + manifest.id());
    }
    return manifest;
  }

  private static ModelException notAnId() {
    return new ModelException("the directory names are not a model name and a version number");
  }

  // Names with a dot in front are being installed or removed.
  private static List<Path> directoriesIn(Path directory) throws IOException {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> entries =
        Files.newDirectoryStream(
            directory,
            entry ->
                !entry.getFileName().toString().startsWith(".")
                    && Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS))) {
      entries.forEach(found::add);
    }
    return found;
  }
}
