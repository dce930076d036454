// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.model;

import static org.assertj.core.api.Assertions.assertThat;

import halfsecond.testing.ForkedJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CatalogueLockIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path directory;

  @Test
  void anotherProcessWaitsForIt() throws Exception {
    ModelCatalogue catalogue = ModelCatalogue.open(directory.resolve("catalogue"));
    try (ForkedJvm other = startWhileLocked(catalogue)) {
      other.awaitOutput("acquired", PATIENCE);
    }
  }

  private static ForkedJvm startWhileLocked(ModelCatalogue catalogue) throws Exception {
    try (CatalogueLock lock = CatalogueLock.acquire(catalogue, ProgressListener.none())) {
      ForkedJvm other = start(catalogue);
      other.awaitOutput("waiting", PATIENCE);
      assertThat(other.output()).doesNotContain("acquired");
      return other;
    }
  }

  @Test
  void aKilledProcessLeavesNeitherTheLockNorHalfAVersion() throws Exception {
    ModelCatalogue catalogue = ModelCatalogue.open(directory.resolve("catalogue"));
    try (ForkedJvm other = start(catalogue)) {
      other.awaitOutput("staged", PATIENCE);
      assertThat(catalogue.list()).isEqualTo(new CatalogueListing(List.of(), List.of()));
      other.kill();
      other.awaitExit(PATIENCE);
    }

    FakeArchive.install(catalogue, directory);

    assertThat(catalogue.verify(FakeArchive.ID)).isEmpty();
    try (Stream<Path> entries = Files.list(catalogue.root())) {
      assertThat(entries.map(entry -> entry.getFileName().toString()))
          .containsExactlyInAnyOrder(".lock", "fake");
    }
  }

  private static ForkedJvm start(ModelCatalogue catalogue) {
    return ForkedJvm.start(CatalogueHolder.class, List.of(), catalogue.root().toString());
  }
}
