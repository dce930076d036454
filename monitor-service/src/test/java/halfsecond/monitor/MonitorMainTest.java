// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class MonitorMainTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path folder;

  @Test
  void printsTheEffectiveConfigurationAndEnds() throws IOException {
    Path file =
        Files.writeString(folder.resolve("own.conf"), "halfsecond.monitor.max-reporters = 3");

    assertThat(run("--print-config", "--config", file.toString())).isZero();

    assertThat(out.toString())
        .contains("halfsecond.monitor.max-reporters = 3")
        .contains("halfsecond.monitor.server.port = 7603");
  }

  @Test
  void badConfigurationIsExitCode78() throws IOException {
    Path file =
        Files.writeString(folder.resolve("own.conf"), "halfsecond.monitor.max-reporters = 0");

    assertThat(run("--config", file.toString())).isEqualTo(78);
    assertThat(run("--print-config", "--config", file.toString())).isEqualTo(78);
    assertThat(err.toString()).contains("max-reporters");
  }

  @Test
  void anUnknownOptionIsExitCode64() {
    assertThat(run("--nonsense")).isEqualTo(64);
  }

  @Test
  void saysItsVersion() {
    assertThat(run("--version")).isZero();
    assertThat(out.toString()).startsWith("monitor-service ");
  }

  private int run(String... args) {
    CommandLine line = MonitorMain.commandLine();
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return line.execute(args);
  }
}
