// SPDX-License-Identifier: Apache-2.0
package halfsecond.testing;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * Programs that a test runs. A missing one skips the test, or fails it with {@code
 * -Dtools.required=true}.
 */
public final class Tools {
  private Tools() {}

  /** The program's file on the {@code PATH}. */
  public static Path require(String program) {
    return find(program)
        .orElseThrow(() -> Required.missing("tools.required", program + " is not on the PATH"));
  }

  /** The program's file on the {@code PATH}, if it is there. */
  public static Optional<Path> find(String program) {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Arrays.stream(path.split(File.pathSeparator))
        .filter(folder -> !folder.isBlank())
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
