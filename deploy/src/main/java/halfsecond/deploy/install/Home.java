// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.install;

import java.nio.file.Path;

/**
 * The folder of this user's state. Nothing in it is needed again that cannot be made again, but for
 * what the monitor has seen.
 *
 * @param path the folder; may not exist yet
 */
public record Home(Path path) {

  /** System property of the launcher script, also for tests: the folder itself. */
  public static final String PROPERTY = "halfsecond.home";

  /**
   * What {@value #PROPERTY} says, else the environment's HALFSECOND_HOME, else the user's data
   * folder.
   */
  public static Home find() {
    String property = System.getProperty(PROPERTY, "");
    String environment = System.getenv().getOrDefault("HALFSECOND_HOME", "");
    if (!property.isEmpty()) {
      return new Home(Path.of(property).toAbsolutePath());
    }
    if (!environment.isEmpty()) {
      return new Home(Path.of(environment).toAbsolutePath());
    }
    return new Home(Path.of(System.getProperty("user.home"), ".local", "share", "halfsecond"));
  }

  /** Prepared models. */
  public Path models() {
    return path.resolve("models");
  }

  /** Log files. */
  public Path logs() {
    return path.resolve("logs");
  }

  /**
   * What the monitor of a {@code serve} has seen.
   *
   * @param name tells it apart from others of this user
   */
  public Path monitor(String name) {
    return path.resolve("monitor").resolve(name);
  }

  /**
   * What a running {@code serve} keeps.
   *
   * @param name tells it apart from others of this user
   */
  public Path run(String name) {
    return path.resolve("run").resolve(name);
  }
}
