// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import halfsecond.deploy.pipeline.TestModels;
import halfsecond.testing.ForkedJvm;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The real main class in a process of its own, from the distribution that the build made, with
 * nothing but its libraries, and the prepared models.
 */
final class Program {

  /** Preparing the models is part of the first run on a machine. */
  static final Duration LIMIT = Duration.ofMinutes(5);

  private static final Path DISTRIBUTION = Path.of(System.getProperty("distribution"));

  private Program() {}

  static ForkedJvm.Result run(String... arguments) {
    try (ForkedJvm program = start(arguments)) {
      return program.awaitExit(LIMIT);
    }
  }

  static ForkedJvm start(String... arguments) {
    return ForkedJvm.start(
        DISTRIBUTION.resolve("lib") + "/*", Halfsecond.class, options(), arguments);
  }

  /**
   * The models that all modules' tests share lie in a folder called models, and its parent serves
   * as home.
   */
  private static List<String> options() {
    Path models = TestModels.prepared();
    assertThat(models).hasFileName("models");
    return List.of(
        "-XX:TieredStopAtLevel=1",
        "-Dhalfsecond.home=" + models.getParent(),
        "-Dhalfsecond.distribution=" + DISTRIBUTION);
  }

  static String sample(String name) {
    return DISTRIBUTION.resolve("samples").resolve(name).toString();
  }
}
