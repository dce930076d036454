// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ManifestJsonTest {
  private static final String HASH = "ab".repeat(32);
  private static final ModelManifest MANIFEST =
      ModelManifest.of(
          new ModelId("en-small", 2),
          Instant.parse("2026-01-02T03:04:05Z"),
          new ModelDescription(
              "en-US",
              "Apache-2.0",
              new ModelSource("somewhere", HASH),
              Map.of("recipe", "1"),
              Map.of("beam", "13.0"),
              new ModelDerivation(new ModelId("en-small", 0), HASH),
              new ModelTraining("read speech", Map.of("hours", "1000")),
              List.of(new ModelCheck("clips", 8, 40, 0.1, 0.05, 0.05))),
          List.of(
              new ModelFile("am/final.mdl", HASH, 5), new ModelFile("conf/model.conf", HASH, 6)));

  @TempDir Path directory;

  @Test
  void readsWhatItWrites() throws Exception {
    Path file = directory.resolve("manifest.json");

    ManifestJson.write(MANIFEST, file);

    assertThat(ManifestJson.read(file)).isEqualTo(MANIFEST);
    assertThat(file)
        .content()
        .contains("\"id\" : \"en-small@2\"", "\"prepared_at\" : \"2026-01-02T03:04:05Z\"");
  }

  @Test
  void hashesWhatSha256sumPrints() {
    // printf '%s  %s\n' abab... am/final.mdl abab... conf/model.conf | sha256sum
    assertThat(MANIFEST.contentHash())
        .isEqualTo("3f371fb40cd8d5d28037a99d24619b6799f1ad7f98fe8b69d1365c547b176829");
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "\"schema_version\" : 1 | \"schema_version\" : 2 | schema_version 2",
        "en-small@2 | ../../x | not valid",
        "am/final.mdl | ../final.mdl | not valid",
        "am/final.mdl | zz/final.mdl | not in path order",
        "\"size\" : 5 | \"size\" : -5 | negative",
        "\"license\" | \"licence\" | not valid",
        "2026-01-02T | yesterday | not an ISO-8601 instant",
        "3f371fb4 | 00000000 | not that of the listed files",
        "\"path\" : \"conf/model.conf\" | \"path\" : \"conf/other.conf\" | not that of the listed files",
      })
  void refusesWhatContradictsItself(String from, String to, String reason) throws Exception {
    Path file = directory.resolve("manifest.json");
    ManifestJson.write(MANIFEST, file);
    String text = Files.readString(file);
    assertThat(text).contains(from);
    Files.writeString(file, text.replace(from, to));

    assertThatExceptionOfType(ModelException.class)
        .isThrownBy(() -> ManifestJson.read(file))
        .withMessageContaining(reason);
  }

  @ParameterizedTest
  @CsvSource({"''", "{", "null", "[]", "'{\"schema_version\":1}'"})
  void refusesWhatIsNoManifest(String text) throws Exception {
    Path file = Files.writeString(directory.resolve("manifest.json"), text);

    assertThatExceptionOfType(ModelException.class).isThrownBy(() -> ManifestJson.read(file));
  }
}
