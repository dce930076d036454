// SPDX-License-Identifier: Apache-2.0
package halfsecond.vad;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class VadMainTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void printsItsVersionAndItsHelp() {
    assertThat(run("--version")).isZero();
    assertThat(out.toString()).startsWith("vad-service");
    assertThat(run("--help")).isZero();
    assertThat(out.toString()).contains("--config", "--print-config");
  }

  @Test
  void printsTheEffectiveConfiguration() {
    assertThat(run("--print-config")).isZero();
    assertThat(out.toString()).contains("halfsecond.vad.endpointing.aggressiveness = 3");
  }

  @Test
  void refusesAnUnknownOption() {
    assertThat(run("--nonsense")).isEqualTo(64);
  }

  @Test
  void refusesABadConfiguration(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("bad.conf");
    Files.writeString(file, "halfsecond.vad.max-streams = none");

    assertThat(run("--print-config", "--config", file.toString())).isEqualTo(78);
    assertThat(err.toString()).contains("max-streams");
    assertThat(run("--config", file.toString())).isEqualTo(78);
  }

  @Test
  void refusesAMissingFile(@TempDir Path folder) {
    assertThat(run("--config", folder.resolve("none.conf").toString())).isEqualTo(78);
  }

  private int run(String... arguments) {
    CommandLine line = VadMain.commandLine();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return line.execute(arguments);
  }
}
