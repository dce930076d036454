// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.model;

import halfsecond.asr.model.ModelProblem.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** One comparison of a version's directory with its manifest. */
final class ModelVerification {
  private final Path version;
  private final ModelManifest manifest;
  private final FileHashes hashes = new FileHashes();
  private final List<ModelProblem> problems = new ArrayList<>();

  ModelVerification(Path version, ModelManifest manifest) {
    this.version = version;
    this.manifest = manifest;
  }

  List<ModelProblem> problems() throws IOException {
    compare(ModelCatalogue.MODEL, manifest.files());
    if (manifest.needsGrammarDirectory()) {
      compare(ModelCatalogue.GRAMMAR, ModelInstaller.grammarFiles(manifest.files()));
    }
    return List.copyOf(problems);
  }

  private void compare(String folder, List<ModelFile> expected) throws IOException {
    Path directory = version.resolve(folder);
    TreeSet<String> unexpected =
        Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)
            ? new TreeSet<>(ModelPaths.filesBelow(directory))
            : new TreeSet<>();
    for (ModelFile file : expected) {
      String path = folder + "/" + file.path();
      if (!unexpected.remove(file.path())) {
        problems.add(new ModelProblem(Kind.MISSING, path));
      } else if (!isUnchanged(directory, file)) {
        problems.add(new ModelProblem(Kind.CHANGED, path));
      }
    }
    for (String path : unexpected) {
      problems.add(new ModelProblem(Kind.EXTRA, folder + "/" + path));
    }
  }

  private boolean isUnchanged(Path directory, ModelFile file) throws IOException {
    return Files.isRegularFile(directory.resolve(file.path()), LinkOption.NOFOLLOW_LINKS)
        && hashes.describe(directory, file.path()).equals(file);
  }
}
