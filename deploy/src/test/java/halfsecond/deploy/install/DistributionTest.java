// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.install;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DistributionTest {

  @TempDir Path folder;

  @Test
  void listsTheSamplesByName() throws Exception {
    Path samples = Files.createDirectories(folder.resolve("samples"));
    Files.writeString(samples.resolve("b.wav"), "");
    Files.writeString(samples.resolve("a.wav"), "");
    Files.writeString(samples.resolve("README.md"), "");

    assertThat(new Distribution(folder).samples())
        .containsExactly(samples.resolve("a.wav"), samples.resolve("b.wav"));
  }

  @Test
  void hasNoSamplesWhereNothingWasInstalled() throws Exception {
    assertThat(new Distribution(folder.resolve("none")).samples()).isEmpty();
  }
}
