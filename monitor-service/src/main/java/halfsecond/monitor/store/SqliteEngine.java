// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.store;

import halfsecond.common.lifecycle.StartException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteErrorCode;

/**
 * The embedded database: a file in a directory that one monitor at a time may use, or memory. A
 * commit is in the write-ahead log, and that on the disk, when it returns: it outlives the process
 * and a loss of power.
 */
final class SqliteEngine implements Engine {
  private static final String FILE = "monitor.db";
  private static final String LOCK = "lock";
  private static final int BUSY_MILLIS = 5_000;
  private static final int CACHE_KIB = 16 * 1024;

  /** What the write-ahead log is cut back to after it was merged into the file. */
  private static final int LOG_BYTES = 32 * 1024 * 1024;

  /** Without the part that says more about the cause. */
  private static final int PRIMARY_CODE = 0xff;

  private final String url;
  private final @Nullable FileChannel lock;

  private SqliteEngine(String url, @Nullable FileChannel lock) {
    this.url = url;
    this.lock = lock;
  }

  /**
   * @param directory made if it is missing
   * @throws StartException if it cannot be used, or another monitor uses it
   */
  static SqliteEngine in(Path directory) {
    try {
      Files.createDirectories(directory);
      FileChannel lock =
          FileChannel.open(
              directory.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!isLocked(lock)) {
        lock.close();
        throw new StartException("another monitor uses the directory " + directory);
      }
      return new SqliteEngine("jdbc:sqlite:" + directory.resolve(FILE).toAbsolutePath(), lock);
    } catch (IOException e) {
      throw new StartException("cannot keep records in the directory " + directory, e);
    }
  }

  /** Gone when it is closed. */
  static SqliteEngine memory() {
    return new SqliteEngine("jdbc:sqlite::memory:", null);
  }

  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  @Override
  public String name() {
    return url;
  }

  @Override
  public Connection open() throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    if (!inMemory()) {
      config.setJournalMode(JournalMode.WAL);
      config.setJournalSizeLimit(LOG_BYTES);
      config.setSynchronous(SynchronousMode.FULL);
    }
    config.setBusyTimeout(BUSY_MILLIS);
    // Negative: in KiB instead of pages.
    config.setCacheSize(-CACHE_KIB);
    return config.createConnection(url);
  }

  /** The writer is the only one, by the lock of the directory and that of its owner. */
  @Override
  public void beginWriting(Connection connection) {}

  @Override
  public String keyType() {
    return "INTEGER";
  }

  @Override
  public String bytesType() {
    return "BLOB";
  }

  @Override
  public boolean inMemory() {
    return lock == null;
  }

  @Override
  public boolean shared() {
    return false;
  }

  @Override
  public boolean isLasting(SQLException failure) {
    int code = failure.getErrorCode() & PRIMARY_CODE;
    return code == SQLiteErrorCode.SQLITE_CONSTRAINT.code
        || code == SQLiteErrorCode.SQLITE_MISMATCH.code
        || code == SQLiteErrorCode.SQLITE_TOOBIG.code;
  }

  @Override
  public void close() {
    if (lock != null) {
      try {
        lock.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
