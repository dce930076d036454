// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.model;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Installs a published model unchanged, as the stock version that others are prepared from ({@code
 * en-small@0}). Any number of threads and processes may do so at once: one installs, the others
 * find it installed. A fetch that fails or is killed leaves nothing that a listing shows.
 */
public final class ModelFetcher {
  private static final long MAX_MODEL_BYTES = 1L << 30;
  private final ModelCatalogue catalogue;
  private final ModelArchive archive;
  private final ArchiveFinder finder;
  private final ProgressListener progress;

  /** Fetches the small US English model into a catalogue. */
  public ModelFetcher(ModelCatalogue catalogue, ProgressListener progress) {
    this(
        catalogue,
        ModelArchive.EN_SMALL,
        ArchiveFinder.ofThisSystem(ModelArchive.EN_SMALL),
        progress);
  }

  ModelFetcher(
      ModelCatalogue catalogue,
      ModelArchive archive,
      ArchiveFinder finder,
      ProgressListener progress) {
    this.catalogue = catalogue;
    this.archive = archive;
    this.finder = finder;
    this.progress = progress;
  }

  /** As {@link #fetch()}, from this file only. It must be the pinned artifact, under any name. */
  public InstalledModel fetch(Path file) throws IOException, InterruptedException {
    return fetch(Optional.of(file));
  }

  /**
   * Finds the archive in the distribution ({@code <halfsecond.home>/models/}), in the local Maven
   * repository, or by running {@code mvn}; returns at once when the version is installed already,
   * and replaces it when files of it are missing.
   *
   * @throws ModelException when there is no such archive, it is another file than the pinned one,
   *     or it is unreadable
   */
  public InstalledModel fetch() throws IOException, InterruptedException {
    return fetch(Optional.empty());
  }

  InstalledModel fetch(Optional<Path> file) throws IOException, InterruptedException {
    Optional<InstalledModel> installed = installed();
    if (installed.isPresent()) {
      return installed.get();
    }
    try (CatalogueLock lock = CatalogueLock.acquire(catalogue, progress)) {
      installed = installed();
      return installed.isPresent() ? installed.get() : install(file);
    }
  }

  private Optional<InstalledModel> installed() throws IOException {
    return catalogue
        .findUndamaged(archive.id())
        .filter(
            model -> archive.sha256().equals(model.manifest().about().source().archiveSha256()));
  }

  private InstalledModel install(Optional<Path> file) throws IOException, InterruptedException {
    ModelInstaller installer = new ModelInstaller(catalogue, InstantSource.system());
    try (ModelInstaller.Staging staging = installer.stage()) {
      Path found = finder.find(file, staging.scratch(), progress);
      String step = "unpacking " + archive.id();
      progress.progress(step, 0);
      new ArchiveExtraction(archive.folder(), MAX_MODEL_BYTES).extract(found, staging.model());
      InstalledModel model = staging.install(archive.id(), describe(staging.model()));
      progress.progress(step, 100);
      return model;
    }
  }

  private ModelDescription describe(Path model) throws IOException {
    return new ModelDescription(
        archive.language(),
        archive.license(),
        new ModelSource(archive.coordinates(), archive.sha256()),
        Map.of(),
        ModelParameters.of(model),
        null,
        archive.training(),
        List.of());
  }
}
