// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** Deletes the oldest rows of the tables that only grow, when they are too old or too many. */
final class Retention {
  /** Rows of one table that are deleted in one transaction. */
  static final int BATCH = 1_000;

  private static final List<String> TABLES = List.of(RecordRows.TABLE, SqlFeedbackLog.TABLE);

  private final Database database;
  private final Duration kept;
  private final long most;
  private final InstantSource clock;
  private volatile long records;

  /**
   * @param kept since the rows came
   * @param most rows of each table
   */
  Retention(Database database, Duration kept, long most, InstantSource clock) {
    this.database = database;
    this.kept = kept;
    this.most = most;
    this.clock = clock;
  }

  /**
   * The rows of a table.
   *
   * @param end the last one to be deleted now; before the oldest one if none is
   */
  private record Extent(long oldest, long newest, long end) {}

  /** Deletes one batch of each table at most; true if there is more to delete. */
  boolean step() throws SQLException {
    boolean more = false;
    for (String table : TABLES) {
      Extent rows = database.read(connection -> extent(connection, table));
      if (rows.end() >= rows.oldest()) {
        int unused = database.write(connection -> delete(connection, table, rows.end()));
        more |= rows.end() == rows.oldest() + BATCH - 1;
      }
      if (table.equals(RecordRows.TABLE)) {
        records = rows.newest() - Math.max(rows.oldest() - 1, rows.end());
      }
    }
    return more;
  }

  /** Records there were after the last step; too many by the few numbers that stayed unused. */
  long records() {
    return records;
  }

  private Extent extent(Connection connection, String table) throws SQLException {
    long oldest = AppendOnly.oldest(connection, table);
    long newest = AppendOnly.newest(connection, table);
    long end = Math.max(newest - most, tooOld(connection, table, oldest));
    return new Extent(oldest, newest, Math.min(end, oldest + BATCH - 1));
  }

  /** Of the batch that comes first, the last one that is too old; 0 if none is. */
  private long tooOld(Connection connection, String table, long oldest) throws SQLException {
    long before = EpochNanos.of(clock.instant().minus(kept));
    // Nearly always the oldest row alone tells that there is nothing to do.
    long end = lastBefore(connection, table, oldest, oldest + 1, before);
    return end == 0 ? 0 : lastBefore(connection, table, oldest, oldest + BATCH, before);
  }

  private static long lastBefore(
      Connection connection, String table, long from, long to, long before) throws SQLException {
    String sql =
        "SELECT COALESCE(MAX(sequence), 0) FROM "
            + table
            + " WHERE sequence >= ? AND sequence < ? AND ingest_time < ?";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, from);
      select.setLong(2, to);
      select.setLong(3, before);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  private static int delete(Connection connection, String table, long end) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM " + table + " WHERE sequence <= ?")) {
      delete.setLong(1, end);
      return delete.executeUpdate();
    }
  }
}
