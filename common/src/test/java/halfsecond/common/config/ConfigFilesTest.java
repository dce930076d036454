// SPDX-License-Identifier: Apache-2.0
package halfsecond.common.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.typesafe.config.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFilesTest {
  @TempDir private Path folder;

  @Test
  void putsTheFileAboveTheDefaultsAlsoWhereOthersReferToThem() throws IOException {
    Path file =
        write("halfsecond.defaults.server.drain.grace = 3 s\nmine = ${halfsecond.defaults.server}");

    Config config = ConfigFiles.load(Optional.of(file));

    assertThat(config.getString("mine.drain.grace")).isEqualTo("3 s");
    assertThat(config.getString("mine.host")).isEqualTo("127.0.0.1");
  }

  @Test
  void putsSystemPropertiesAboveTheFile() throws IOException {
    Path file = write("halfsecond.test-only.key = file");
    System.setProperty("halfsecond.test-only.key", "property");
    try {
      assertThat(ConfigFiles.load(Optional.of(file)).getString("halfsecond.test-only.key"))
          .isEqualTo("property");
    } finally {
      System.clearProperty("halfsecond.test-only.key");
    }
  }

  @Test
  void hasDefaultsWithoutAnyFile() {
    assertThat(ConfigFiles.load(Optional.empty()).getString("halfsecond.defaults.server.host"))
        .isEqualTo("127.0.0.1");
  }

  @Test
  void saysWhichFileIsMissing() {
    Path missing = folder.resolve("nowhere.conf");

    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> ConfigFiles.load(Optional.of(missing)))
        .withMessageContaining(missing + ": no such file");
  }

  @Test
  void saysWhereAFileIsBroken() throws IOException {
    Path file = write("a = 1\nb = {");

    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> ConfigFiles.load(Optional.of(file)))
        .withMessageContaining(file.getFileName() + ": 2");
  }

  private Path write(String content) throws IOException {
    return Files.writeString(folder.resolve("service.conf"), content);
  }
}
