// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.model;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The OpenFst programs of this machine together with the plugins that read the two file types of a
 * lookahead graph. Complete or not there at all.
 */
final class OpenFst {
  /** What brings it. */
  static final String INSTALL = "apt-get install libfst-tools libfst22-plugins-base";

  private static final List<String> TOOLS =
      List.of("fstsymbols", "fstarcsort", "fstcompose", "fstrelabel", "fstconvert");
  private static final List<String> PLUGINS = List.of("olabel_lookahead-fst.so", "ngram-fst.so");

  private final Executables executables;
  private final Path plugins;
  private final Map<String, String> environment;

  private OpenFst(Executables executables, Path plugins, Map<String, String> environment) {
    this.executables = executables;
    this.plugins = plugins;
    this.environment = environment;
  }

  /** Looks on the PATH for the programs, and around them and on LD_LIBRARY_PATH for the plugins. */
  static Optional<OpenFst> find(Map<String, String> environment) throws IOException {
    Executables executables = new Executables(environment);
    for (String tool : TOOLS) {
      if (executables.find(tool).isEmpty()) {
        return Optional.empty();
      }
    }
    for (Path candidate : candidates(executables, environment)) {
      if (PLUGINS.stream().allMatch(plugin -> Files.isRegularFile(candidate.resolve(plugin)))) {
        return Optional.of(new OpenFst(executables, candidate, environment));
      }
    }
    return Optional.empty();
  }

  /** The command line's first word. */
  String tool(String name) {
    return executables.find(name).orElseThrow().toString();
  }

  /** What the programs need in their environment: plugins are opened by bare file name. */
  Map<String, String> toolEnvironment() {
    String inherited = environment.getOrDefault("LD_LIBRARY_PATH", "");
    String path = inherited.isEmpty() ? plugins.toString() : plugins + ":" + inherited;
    return Map.of("LD_LIBRARY_PATH", path, "DYLD_LIBRARY_PATH", path);
  }

  /**
   * The programs do not tell their version; the plugins' directory is named after the binary
   * interface.
   */
  String version() {
    return "plugins " + plugins.getFileName();
  }

  // Debian: /usr/bin and /usr/lib/<triplet>/fst/<abi>; others: <prefix>/bin and <prefix>/lib/fst.
  private static Set<Path> candidates(Executables executables, Map<String, String> environment)
      throws IOException {
    Set<Path> found =
        new LinkedHashSet<>(
            Executables.directories(environment.getOrDefault("LD_LIBRARY_PATH", "")));
    Path bin = ModelPaths.parent(executables.find("fstcompose").orElseThrow());
    for (Path side : List.of(bin, ModelPaths.parent(bin.resolve("fstcompose").toRealPath()))) {
      for (String lib : List.of("lib", "lib64")) {
        Path base = side.resolveSibling(lib);
        found.addAll(around(base.resolve("fst")));
        for (Path triplet : directoriesIn(base)) {
          found.addAll(around(triplet.resolve("fst")));
        }
      }
    }
    return found;
  }

  private static List<Path> around(Path directory) throws IOException {
    List<Path> found = directoriesIn(directory);
    found.add(directory);
    return found;
  }

  // The newest interface first, should there be several.
  private static List<Path> directoriesIn(Path directory) throws IOException {
    List<Path> found = new ArrayList<>();
    if (Files.isDirectory(directory)) {
      try (DirectoryStream<Path> entries =
          Files.newDirectoryStream(directory, Files::isDirectory)) {
        entries.forEach(found::add);
      }
    }
    found.sort(Comparator.reverseOrder());
    return found;
  }
}
