// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import halfsecond.testing.ForkedJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The monitor as a process of its own. */
@Timeout(120)
final class MonitorMainIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir private Path folder;

  @Test
  void startsFromItsDefaultsAndEndsCleanlyWhenTold() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("own.conf"),
            "halfsecond.monitor { server.port = 0, dashboard.port = 0 }");

    try (ForkedJvm jvm =
        ForkedJvm.start(MonitorMain.class, List.of(), "--config", file.toString())) {
      jvm.awaitOutput("started", LIMIT);
      jvm.terminate();

      ForkedJvm.Result result = jvm.awaitExit(LIMIT);
      assertThat(result.exitCode()).as(result.output()).isZero();
      assertThat(result.output()).contains("stopped");
    }
  }
}
