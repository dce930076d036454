// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * A composed graph, ready to be linked into versions.
 *
 * @param graph the file that becomes {@code graph/HCLG.fst}
 * @param words the file that becomes {@code graph/words.txt}
 * @param tools what composed it, for the manifest
 */
record StaticGraph(Path graph, Path words, Map<String, String> tools) {
  /** The graph of an installed version that has one. */
  static StaticGraph of(InstalledModel model) {
    return new StaticGraph(
        model.directory().resolve(ModelPaths.STATIC_GRAPH),
        model.directory().resolve(ModelPaths.WORDS),
        model.manifest().about().tools());
  }

  void linkInto(Path model) throws IOException {
    ModelPaths.linkOrCopy(graph, model.resolve(ModelPaths.STATIC_GRAPH));
    ModelPaths.linkOrCopy(words, model.resolve(ModelPaths.WORDS));
  }
}
