// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.List;

/**
 * Tables whose rows are numbered in the order in which they came and deleted from the old end only,
 * so that what lies between the oldest and the newest number is all there. Numbers of rows that
 * were there already stay unused.
 */
final class AppendOnly {
  /** Sets the parameters of one row, from the second on; the first is its number. */
  @FunctionalInterface
  interface Binder<E> {
    void bind(PreparedStatement insert, E entry) throws SQLException;
  }

  private AppendOnly() {}

  /**
   * Inserts what is not there yet.
   *
   * @param sql an insert that does nothing where the row is there
   */
  static <E> Appended insert(
      Connection connection, String table, String sql, List<E> entries, Binder<E> binder)
      throws SQLException {
    long first = newest(connection, table) + 1;
    BitSet fresh = new BitSet(entries.size());
    if (entries.isEmpty()) {
      return new Appended(first, fresh);
    }
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      for (int i = 0; i < entries.size(); i++) {
        insert.setLong(1, first + i);
        binder.bind(insert, entries.get(i));
        insert.addBatch();
      }
      int[] counts = insert.executeBatch();
      for (int i = 0; i < counts.length; i++) {
        fresh.set(i, counts[i] > 0);
      }
    }
    return new Appended(first, fresh);
  }

  /** The number of the newest row; 0 if there is none. */
  static long newest(Connection connection, String table) throws SQLException {
    return number(connection, "SELECT COALESCE(MAX(sequence), 0) FROM " + table);
  }

  /** The number of the oldest row; 1 if there is none. */
  static long oldest(Connection connection, String table) throws SQLException {
    return number(connection, "SELECT COALESCE(MIN(sequence), 1) FROM " + table);
  }

  /**
   * A text that a column may hold: PostgreSQL has no place for the character 0. Records hold the
   * original.
   */
  static String text(String value) {
    return value.replace('\0', '\ufffd');
  }

  private static long number(Connection connection, String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet result = statement.executeQuery()) {
      result.next();
      return result.getLong(1);
    }
  }
}
