// SPDX-License-Identifier: Apache-2.0
package halfsecond.common.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ProcessUseTest {
  @TempDir Path folder;

  private long cpu = Duration.ofSeconds(50).toNanos();
  private long now = Duration.ofHours(1).toNanos();

  @Test
  void countsTheCoresOfTheTimeSinceItWasAskedLast() {
    ProcessUse use = new ProcessUse(() -> cpu, () -> now, folder.resolve("none"));

    pass(Duration.ofSeconds(3), Duration.ofSeconds(2));
    assertThat(use.busyCores()).hasValue(1.5);
    pass(Duration.ofSeconds(1), Duration.ofSeconds(4));
    assertThat(use.busyCores()).hasValue(0.25);
  }

  @Test
  void saysNothingThatItDoesNotKnow() {
    ProcessUse use = new ProcessUse(() -> -1, () -> now, folder.resolve("none"));

    pass(Duration.ZERO, Duration.ofSeconds(2));
    assertThat(use.busyCores()).isEmpty();
    assertThat(use.residentBytes()).isEmpty();
  }

  @Test
  void readsResidentMemoryInBytes() throws Exception {
    Path status =
        Files.writeString(
            folder.resolve("status"), "Name:\tjava\nVmPeak:\t 9 kB\nVmRSS:\t  2048 kB\n");

    assertThat(new ProcessUse(() -> cpu, () -> now, status).residentBytes()).hasValue(2 << 20);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void knowsThisProcess() {
    ProcessUse use = new ProcessUse(System::nanoTime);

    assertThat(use.busyCores().orElseThrow()).isNotNegative();
    assertThat(use.residentBytes().orElseThrow()).isGreaterThan(10 << 20);
  }

  private void pass(Duration worked, Duration time) {
    cpu += worked.toNanos();
    now += time.toNanos();
  }
}
