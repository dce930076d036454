// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.store;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What is kept, where and for how long.
 *
 * @param directory of the embedded database; empty: in memory
 * @param postgres in place of the embedded database
 * @param kept age at which records and feedback are deleted
 * @param mostRecords that are kept, and as much feedback
 * @param mostInMemory the same without a directory
 */
public record StoreConfig(
    Optional<Path> directory,
    Optional<PostgresConfig> postgres,
    Duration kept,
    long mostRecords,
    long mostInMemory) {
  /** Whether anything outlives the process. */
  public boolean lasting() {
    return directory.isPresent() || postgres.isPresent();
  }

  /** Which database. */
  public enum Kind {
    EMBEDDED,
    POSTGRES
  }
}
