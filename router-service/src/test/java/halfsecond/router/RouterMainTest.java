// SPDX-License-Identifier: Apache-2.0
package halfsecond.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command line. */
final class RouterMainTest {
  private final StringWriter out = new StringWriter();
  private final CommandLine line =
      RouterMain.commandLine()
          .setOut(new PrintWriter(out, true))
          .setErr(new PrintWriter(new StringWriter(), true));

  @Test
  void printsTheConfigurationInEffect() {
    assertThat(line.execute("--print-config")).isZero();
    assertThat(out.toString()).contains("halfsecond.router.server.port = 7600");
  }

  @Test
  void refusesAnOptionThatItDoesNotKnow() {
    assertThat(line.execute("--nonsense")).isEqualTo(64);
  }

  @Test
  void refusesAConfigurationThatCannotBeUsed(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("router.conf");
    Files.writeString(file, "halfsecond.router.limits.silence = never");

    assertThat(line.execute("--config", file.toString(), "--print-config")).isEqualTo(78);
  }
}
