// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.model;

import java.util.Map;

/**
 * A published model that can be fetched: one exact file, known by its hash.
 *
 * @param id what it is installed as
 * @param groupId Maven coordinate
 * @param artifactId Maven coordinate
 * @param version Maven coordinate
 * @param type Maven coordinate and file extension; the file is a zip whatever it is called
 * @param sha256 of the file
 * @param folder in the file that holds the model, with forward slashes
 * @param language BCP-47
 * @param license SPDX identifier
 * @param training what is known about its training
 */
record ModelArchive(
    ModelId id,
    String groupId,
    String artifactId,
    String version,
    String type,
    String sha256,
    String folder,
    String language,
    String license,
    ModelTraining training) {

  /** The small US English model of the Vosk project (vosk-model-small-en-us-0.15). */
  static final ModelArchive EN_SMALL =
      new ModelArchive(
          new ModelId("en-small", 0),
          "com.alphacephei",
          "vosk-model-en",
          "0.3.45",
          "aar",
          "8a5792fccaf873b4745dbd1b3fe19d8a77a15898e806674020eea820424771cd",
          "assets/model-en-us",
          "en-US",
          "Apache-2.0",
          new ModelTraining(
              "Not published with the archive. Its README: US English model for mobile Vosk applications,"
                  + " copyright 2020 Alpha Cephei Inc.",
              Map.of(
                  "publisher", "Alpha Cephei Inc",
                  "year", "2020",
                  "published_name", "vosk-model-small-en-us-0.15",
                  "published_wer_librispeech_test_clean", "0.0985",
                  "published_wer_tedlium_test", "0.1038")));

  String coordinates() {
    return String.join(":", groupId, artifactId, version, type);
  }

  String fileName() {
    return artifactId + "-" + version + "." + type;
  }

  /** Where Maven keeps it, relative to a local repository. */
  String repositoryPath() {
    return String.join("/", groupId.replace('.', '/'), artifactId, version, fileName());
  }
}
