// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a model directory is set to, as its manifest shows it. Read from the files, so that the two
 * cannot differ.
 */
final class ModelParameters {
  private static final List<String> SHOWN =
      List.of("beam", "max-active", "min-active", "lattice-beam");
  // What the engine does when nothing is said.
  private static final String DEFAULT_DITHER = "1.0";

  private ModelParameters() {}

  static Map<String, String> of(Path model) throws IOException {
    Map<String, String> shown = new TreeMap<>();
    ConfFile decoding = ConfFile.read(model, ConfFile.DECODING);
    for (String key : SHOWN) {
      decoding.get(key).ifPresent(value -> shown.put(key, value));
    }
    shown.put(
        "dither", ConfFile.read(model, ConfFile.FEATURES).get("dither").orElse(DEFAULT_DITHER));
    boolean composed = Files.exists(model.resolve(ModelPaths.STATIC_GRAPH));
    shown.put("graph", composed ? "static" : "lookahead");
    return shown;
  }
}
