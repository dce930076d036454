// SPDX-License-Identifier: Apache-2.0
package halfsecond.common.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where configuration comes from. First wins: system properties, the operator's file, the
 * environment, {@code reference.conf}.
 */
public final class ConfigFiles {
  private ConfigFiles() {}

  /**
   * Loads and resolves all of it.
   *
   * @param file the operator's HOCON file, if one was named
   * @throws ConfigException if the file is missing or is not HOCON
   */
  public static Config load(Optional<Path> file) {
    if (file.isPresent() && !Files.isReadable(file.get())) {
      throw new ConfigException(List.of(file.get() + ": no such file, or it cannot be read"));
    }
    try {
      ConfigFactory.invalidateCaches();
      Config own =
          file.map(
                  f ->
                      ConfigFactory.parseFile(
                          f.toFile(), ConfigParseOptions.defaults().setAllowMissing(false)))
              .orElseGet(ConfigFactory::empty);
      // The file stands above reference.conf before substitutions are resolved, so that it may
      // change what others refer to.
      return ConfigFactory.defaultOverrides()
          .withFallback(own)
          .withFallback(ConfigFactory.defaultReferenceUnresolved())
          .resolve();
    } catch (com.typesafe.config.ConfigException e) {
      throw new ConfigException(List.of(String.valueOf(e.getMessage())));
    }
  }
}
