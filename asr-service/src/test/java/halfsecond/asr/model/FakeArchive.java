// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.model;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Small zip files with the layout of the real archive, and the pins that belong to them. */
final class FakeArchive {
  static final ModelId ID = new ModelId("fake", 0);
  private static final String FOLDER = "assets/model-en-us";

  private final Map<String, String> entries = new LinkedHashMap<>();

  /** One with everything that preparing reads. */
  static FakeArchive complete() {
    return new FakeArchive()
        .with("README", "outside")
        .withModelFile("am/final.mdl", "acoustic")
        .withModelFile(ConfFile.FEATURES, "--sample-frequency=16000\n")
        .withModelFile(
            ConfFile.DECODING,
            "--min-active=200\n--max-active=3000\n--beam=10.0\n--lattice-beam=2.0\n--acoustic-scale=1.0\n")
        .withModelFile(ModelPaths.LOOKAHEAD_LEFT, "left")
        .withModelFile(ModelPaths.LOOKAHEAD_RIGHT, "right")
        .withModelFile("graph/disambig_tid.int", "7\n9\n");
  }

  FakeArchive with(String name, String content) {
    entries.put(name, content);
    return this;
  }

  FakeArchive withModelFile(String path, String content) {
    return with(FOLDER + "/" + path, content);
  }

  byte[] bytes() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, String> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
      }
    }
    return bytes.toByteArray();
  }

  Path writeTo(Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      out.write(bytes());
    }
    return file;
  }

  /** The pins of a file: what a release of this program would have written in it. */
  static ModelArchive pinsOf(Path file) throws IOException {
    return new ModelArchive(
        ID,
        "example",
        "model",
        "1.0",
        "aar",
        FileHashes.sha256(file),
        FOLDER,
        "en-US",
        "Apache-2.0",
        new ModelTraining("invented for a test", Map.of("hours", "0")));
  }

  /** A fetcher that finds nothing but what it is given. */
  static ModelFetcher fetcher(ModelCatalogue catalogue, ModelArchive archive) {
    ArchiveFinder finder =
        new ArchiveFinder(
            archive,
            Optional.empty(),
            Optional.of(catalogue.root().resolve("no-repository")),
            new Executables(Map.of()));
    return new ModelFetcher(catalogue, archive, finder, ProgressListener.none());
  }

  /** Installs a complete one. */
  static InstalledModel install(ModelCatalogue catalogue, Path directory)
      throws IOException, InterruptedException {
    Path file = complete().writeTo(directory.resolve("model.zip"));
    return fetcher(catalogue, pinsOf(file)).fetch(file);
  }
}
