// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.install;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The files that ship with the program: {@code lib/}, {@code samples/}, {@code model/}.
 *
 * @param path the folder that holds them
 */
public record Distribution(Path path) {

  /** System property of the launcher script, also for tests: the folder itself. */
  public static final String PROPERTY = "halfsecond.distribution";

  /** What {@value #PROPERTY} says, else the folder above the one that this class's jar lies in. */
  public static Distribution find() {
    String property = System.getProperty(PROPERTY, "");
    if (!property.isEmpty()) {
      return new Distribution(Path.of(property).toAbsolutePath());
    }
    try {
      var source = Distribution.class.getProtectionDomain().getCodeSource();
      Path jar = Path.of(source.getLocation().toURI()).toAbsolutePath();
      return new Distribution(jar.resolve("..").resolve("..").normalize());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("the program's own location is not a path", e);
    }
  }

  /** The archive of the English model, as published. */
  public Path modelArchive() {
    return path.resolve("model").resolve("vosk-model-en.zip");
  }

  /** The sample clips, WAV files in the order of their names; none when the folder is missing. */
  public List<Path> samples() throws IOException {
    Path folder = path.resolve("samples");
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".wav")).sorted().toList();
    }
  }
}
