// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OpenFstTest {
  @TempDir Path prefix;
  private FakeTools tools;

  @BeforeEach
  void installTools() throws Exception {
    tools = new FakeTools(prefix);
  }

  @Test
  void findsThePluginsBesideThePrograms() throws Exception {
    OpenFst found = OpenFst.find(tools.environment()).orElseThrow();

    assertThat(found.toolEnvironment())
        .containsEntry("LD_LIBRARY_PATH", tools.plugins().toString());
    assertThat(found.tool("fstcompose")).isEqualTo(prefix.resolve("bin/fstcompose").toString());
  }

  @Test
  void prefersThePluginsThatTheUserNames() throws Exception {
    Path own = Files.createDirectories(prefix.resolve("own"));
    Files.writeString(own.resolve("olabel_lookahead-fst.so"), "");
    Files.writeString(own.resolve("ngram-fst.so"), "");
    Map<String, String> environment = new HashMap<>(tools.environment());
    environment.put("LD_LIBRARY_PATH", "/elsewhere:" + own);

    assertThat(OpenFst.find(environment).orElseThrow().toolEnvironment())
        .containsEntry("LD_LIBRARY_PATH", own + ":/elsewhere:" + own);
  }

  @Test
  void isNotThereWithoutAProgram() throws Exception {
    Files.delete(prefix.resolve("bin/fstrelabel"));

    assertThat(OpenFst.find(tools.environment())).isEmpty();
  }

  @Test
  void isNotThereWithoutAPlugin() throws Exception {
    Files.delete(tools.plugins().resolve("ngram-fst.so"));

    assertThat(OpenFst.find(tools.environment())).isEmpty();
  }

  @Test
  void isNotThereWithoutASearchPath() throws Exception {
    assertThat(OpenFst.find(Map.of())).isEmpty();
  }
}
