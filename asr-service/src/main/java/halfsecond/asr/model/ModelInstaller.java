// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.model;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * Brings versions into a catalogue so that others see all of one or nothing. Used under the {@link
 * CatalogueLock}; the first thing it does is to remove what a killed process left behind.
 */
final class ModelInstaller {
  private static final String STAGING = ".staging-";
  private final ModelCatalogue catalogue;
  private final InstantSource clock;
  private final FileHashes hashes = new FileHashes();

  ModelInstaller(ModelCatalogue catalogue, InstantSource clock) throws IOException {
    this.catalogue = catalogue;
    this.clock = clock;
    try (DirectoryStream<Path> leftovers =
        Files.newDirectoryStream(catalogue.root(), STAGING + "*")) {
      for (Path leftover : leftovers) {
        ModelPaths.deleteTree(leftover);
      }
    }
  }

  /** The files of the grammar directory, given those of the model. */
  static List<ModelFile> grammarFiles(List<ModelFile> modelFiles) {
    return modelFiles.stream()
        .filter(file -> !file.path().equals(ModelPaths.STATIC_GRAPH))
        .toList();
  }

  Staging stage() throws IOException {
    return new Staging(Files.createTempDirectory(catalogue.root(), STAGING));
  }

  FileHashes hashes() {
    return hashes;
  }

  /** A version that nobody sees yet. Closing removes whatever was not installed. */
  final class Staging implements AutoCloseable {
    private final Path directory;
    private final Path version;

    private Staging(Path directory) throws IOException {
      this.directory = directory;
      this.version = directory.resolve("version");
      Files.createDirectories(model());
    }

    /** Where the files of the model go. */
    Path model() {
      return version.resolve(ModelCatalogue.MODEL);
    }

    /** A directory for files that are not to be installed, on the same file system. */
    Path scratch() throws IOException {
      return Files.createDirectories(directory.resolve("scratch"));
    }

    /** Makes it the version of that id, in place of one that may be there. */
    InstalledModel install(ModelId id, ModelDescription about) throws IOException {
      List<ModelFile> files = new ArrayList<>();
      for (String path : ModelPaths.filesBelow(model())) {
        files.add(hashes.describe(model(), path));
      }
      ModelManifest manifest =
          ModelManifest.of(id, clock.instant().truncatedTo(ChronoUnit.SECONDS), about, files);
      if (manifest.needsGrammarDirectory()) {
        Path grammar = version.resolve(ModelCatalogue.GRAMMAR);
        for (ModelFile file : grammarFiles(files)) {
          ModelPaths.linkOrCopy(model().resolve(file.path()), grammar.resolve(file.path()));
        }
      }
      ManifestJson.write(manifest, version.resolve(ModelCatalogue.MANIFEST));
      moveInto(catalogue.directoryOf(id));
      return catalogue
          .find(id)
          .orElseThrow(() -> new ModelException(id + " disappeared while it was installed"));
    }

    private void moveInto(Path target) throws IOException {
      Files.createDirectories(ModelPaths.parent(target));
      if (Files.exists(target)) {
        Files.move(target, directory.resolve("replaced"), StandardCopyOption.ATOMIC_MOVE);
      }
      Files.move(version, target, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void close() throws IOException {
      ModelPaths.deleteTree(directory);
    }
  }
}
