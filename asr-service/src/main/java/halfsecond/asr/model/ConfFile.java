// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A file of {@code --key=value} lines in the way of the engine. Other lines and the order are kept.
 */
final class ConfFile {
  /** Feature extraction. */
  static final String FEATURES = "conf/mfcc.conf";

  /** Decoding and endpoints. */
  static final String DECODING = "conf/model.conf";

  private final List<String> lines;

  private ConfFile(List<String> lines) {
    this.lines = new ArrayList<>(lines);
  }

  static ConfFile read(Path model, String path) throws IOException {
    Path file = model.resolve(path);
    if (!Files.isRegularFile(file)) {
      throw new ModelException("the model has no " + path);
    }
    return new ConfFile(Files.readAllLines(file));
  }

  Optional<String> get(String key) {
    return lines.stream()
        .map(String::strip)
        .filter(line -> line.startsWith(start(key)))
        .map(line -> line.substring(start(key).length()))
        .findFirst();
  }

  /** Replaces the lines of that key, or appends one. */
  ConfFile set(String key, String value) {
    lines.removeIf(String::isBlank);
    String line = start(key) + value;
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).strip().startsWith(start(key))) {
        lines.set(i, line);
        return this;
      }
    }
    lines.add(line);
    return this;
  }

  ConfFile setAll(Map<String, String> values) {
    values.forEach(this::set);
    return this;
  }

  void write(Path model, String path) throws IOException {
    Path file = model.resolve(path);
    Files.createDirectories(ModelPaths.parent(file));
    Files.writeString(file, String.join("\n", lines) + "\n");
  }

  private static String start(String key) {
    return "--" + key + "=";
  }
}
