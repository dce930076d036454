// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.model;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * The file {@code manifest.json} of a version. A manifest that exists is consistent in itself: the
 * content hash is that of the listed files. Whether the files on disk are these is another
 * question, see {@link ModelCatalogue#verify}.
 *
 * @param schemaVersion of the JSON, {@link #SCHEMA_VERSION}
 * @param id as the directory names say
 * @param contentHash SHA-256 over the lines {@code <sha256> <path>\n} of all files in path order;
 *     what two installations compare to know that they run the same model
 * @param preparedAt when the version was installed
 * @param about everything else that is known
 * @param files every file below {@code model/}, in path order
 */
public record ModelManifest(
    int schemaVersion,
    ModelId id,
    String contentHash,
    Instant preparedAt,
    ModelDescription about,
    List<ModelFile> files) {
  /** The only schema version there is. */
  public static final int SCHEMA_VERSION = 1;

  /** Rejects with {@link IllegalArgumentException} what contradicts itself. */
  public ModelManifest {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(preparedAt, "prepared_at");
    Objects.requireNonNull(about, "about");
    files = List.copyOf(files);
    for (int i = 1; i < files.size(); i++) {
      if (files.get(i - 1).path().compareTo(files.get(i).path()) >= 0) {
        throw new IllegalArgumentException("files are not in path order, or one is listed twice");
      }
    }
    if (!contentHash.equals(FileHashes.contentHash(files))) {
      throw new IllegalArgumentException("content_hash is not that of the listed files");
    }
  }

  static ModelManifest of(
      ModelId id, Instant preparedAt, ModelDescription about, List<ModelFile> files) {
    return new ModelManifest(
        SCHEMA_VERSION, id, FileHashes.contentHash(files), preparedAt, about, files);
  }

  /** Whether decoding uses a graph that was composed beforehand (fast; takes no phrase lists). */
  public boolean hasStaticGraph() {
    return lists(ModelPaths.STATIC_GRAPH);
  }

  /**
   * Whether there are two ways to load it, so that one of them has to leave the static graph out.
   */
  boolean needsGrammarDirectory() {
    return hasStaticGraph()
        && lists(ModelPaths.LOOKAHEAD_LEFT)
        && lists(ModelPaths.LOOKAHEAD_RIGHT);
  }

  private boolean lists(String path) {
    return files.stream().anyMatch(file -> file.path().equals(path));
  }
}
