// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.store;

import halfsecond.common.config.Secret;
import java.util.Optional;

/**
 * How to reach PostgreSQL.
 *
 * @param url {@code jdbc:postgresql://host:port/database}
 * @param user empty: as the driver finds it
 * @param password empty: none, or as the driver finds it
 */
public record PostgresConfig(String url, Optional<String> user, Optional<Secret> password) {
  private static final String SCHEME = "jdbc:postgresql:";

  public PostgresConfig {
    if (!url.startsWith(SCHEME)) {
      throw new IllegalArgumentException("postgres.url must begin with " + SCHEME);
    }
  }
}
