// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.model;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Programs as a shell would find them. */
final class Executables {
  private static final List<String> SUFFIXES = List.of("", ".exe", ".cmd", ".bat");
  private final List<Path> directories;

  Executables(Map<String, String> environment) {
    this.directories = directories(environment.getOrDefault("PATH", ""));
  }

  Optional<Path> find(String name) {
    for (Path directory : directories) {
      for (String suffix : SUFFIXES) {
        Path file = directory.resolve(name + suffix);
        if (Files.isRegularFile(file) && Files.isExecutable(file)) {
          return Optional.of(file);
        }
      }
    }
    return Optional.empty();
  }

  /** The directories of a search path such as PATH; what is not a path is left out. */
  static List<Path> directories(String searchPath) {
    return Stream.of(searchPath.split(File.pathSeparator, -1))
        .filter(element -> !element.isEmpty())
        .flatMap(Executables::path)
        .toList();
  }

  private static Stream<Path> path(String text) {
    try {
      return Stream.of(Path.of(text));
    } catch (InvalidPathException notAPath) {
      return Stream.empty();
    }
  }
}
