// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the file of a {@link ModelArchive}: where the caller says, in the distribution, in the
 * local Maven repository, or by asking Maven. Whatever it returns has the pinned hash.
 */
final class ArchiveFinder {
  private static final String STEP = "getting the model with Maven";
  private static final Duration EXPECTED = Duration.ofSeconds(20);
  private static final Duration LIMIT = Duration.ofMinutes(10);
  private static final String COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.11.0:copy";

  private final ModelArchive archive;
  private final Optional<Path> home;
  private final Optional<Path> localRepository;
  private final Executables executables;

  /**
   * @param home of the distribution, which keeps archives in {@code models/}
   * @param localRepository of Maven, where it is not the usual one
   */
  ArchiveFinder(
      ModelArchive archive,
      Optional<Path> home,
      Optional<Path> localRepository,
      Executables executables) {
    this.archive = archive;
    this.home = home;
    this.localRepository = localRepository;
    this.executables = executables;
  }

  /**
   * As the system properties {@code halfsecond.home} and {@code maven.repo.local} and the PATH say.
   */
  static ArchiveFinder ofThisSystem(ModelArchive archive) {
    return new ArchiveFinder(
        archive,
        Optional.ofNullable(System.getProperty("halfsecond.home")).map(Path::of),
        Optional.ofNullable(System.getProperty("maven.repo.local")).map(Path::of),
        new Executables(System.getenv()));
  }

  Path find(Optional<Path> given, Path scratch, ProgressListener progress)
      throws IOException, InterruptedException {
    if (given.isPresent()) {
      return require(given.get());
    }
    List<Path> candidates = new ArrayList<>();
    home.ifPresent(path -> candidates.add(path.resolve("models").resolve(archive.fileName())));
    Path repository =
        localRepository.orElseGet(
            () -> Path.of(System.getProperty("user.home", "."), ".m2", "repository"));
    candidates.add(repository.resolve(archive.repositoryPath()));
    for (Path candidate : candidates) {
      if (Files.isRegularFile(candidate) && isTheOne(candidate)) {
        return candidate;
      }
    }
    return askMaven(scratch, progress);
  }

  private Path askMaven(Path scratch, ProgressListener progress)
      throws IOException, InterruptedException {
    Path mvn =
        executables
            .find("mvn")
            .orElseThrow(
                () ->
                    new ModelException(
                        "the model is not on this machine and there is no mvn on the PATH to get it with. Either"
                            + " install Maven, or download "
                            + archive.coordinates()
                            + " from Maven Central yourself and name the file: halfsecond model fetch FILE"));
    List<String> command =
        new ArrayList<>(
            List.of(
                mvn.toString(),
                "-B",
                "-q",
                COPY,
                "-Dartifact=" + archive.coordinates(),
                "-DoutputDirectory=" + scratch.toAbsolutePath()));
    localRepository.ifPresent(
        repository -> command.add("-Dmaven.repo.local=" + repository.toAbsolutePath()));
    new ToolRun(scratch, Map.of(), progress).run(STEP, EXPECTED, LIMIT, command);
    return require(scratch.resolve(archive.fileName()));
  }

  private Path require(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new ModelException("there is no model archive " + file);
    }
    if (!isTheOne(file)) {
      throw new ModelException(
          file
              + " is not "
              + archive.coordinates()
              + ": its SHA-256 is not "
              + archive.sha256()
              + ". If it came from a local Maven repository, delete it there and fetch again");
    }
    return file;
  }

  private boolean isTheOne(Path file) throws IOException {
    return FileHashes.sha256(file).equals(archive.sha256());
  }
}
