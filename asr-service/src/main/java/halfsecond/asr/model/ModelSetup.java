// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** From nothing to versions that can be loaded, in one call. */
public final class ModelSetup {
  private ModelSetup() {}

  /** As the other, with {@link GraphChoice#WHERE_POSSIBLE}. */
  public static PreparedModels ensurePrepared(
      ModelCatalogue catalogue,
      Optional<Path> archive,
      ClipTranscriber transcriber,
      ProgressListener progress)
      throws IOException, InterruptedException {
    return ensurePrepared(catalogue, archive, transcriber, progress, GraphChoice.WHERE_POSSIBLE);
  }

  /**
   * Fetches the stock model and prepares the versions from it, each unless it is there. Returns at
   * once when all are. Any number of threads and processes may call it for one catalogue at the
   * same time: the work is done once.
   *
   * @param archive where the stock model's archive is, when the caller knows
   * @throws ModelException when something is missing or does not pass; the message says what to do
   */
  public static PreparedModels ensurePrepared(
      ModelCatalogue catalogue,
      Optional<Path> archive,
      ClipTranscriber transcriber,
      ProgressListener progress,
      GraphChoice graph)
      throws IOException, InterruptedException {
    new ModelFetcher(catalogue, progress).fetch(archive);
    return new ModelPreparer(catalogue, transcriber, progress).prepare(graph);
  }
}
