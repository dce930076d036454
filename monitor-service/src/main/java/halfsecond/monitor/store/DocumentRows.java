// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Documents as rows, within a transaction that somebody else began. The changes of each kind are
 * numbered, and each document has the number of its last one: so it costs little to see that there
 * was none.
 */
final class DocumentRows {
  private static final String CHANGE =
      """
      INSERT INTO document_changes (kind, number) VALUES (?, 1)
      ON CONFLICT (kind) DO UPDATE SET number = document_changes.number + 1
      RETURNING number""";

  private static final String PUT =
      """
      INSERT INTO documents (kind, id, version, updated, bytes, changed) VALUES (?, ?, 1, ?, ?, ?)
      ON CONFLICT (kind, id) DO UPDATE SET version = documents.version + 1,
        updated = excluded.updated, bytes = excluded.bytes, changed = excluded.changed
      RETURNING version""";

  private static final String COLUMNS = "SELECT id, version, updated, bytes FROM documents ";
  private static final String ALL = COLUMNS + "WHERE kind = ? ORDER BY id";
  private static final String CHANGED = COLUMNS + "WHERE kind = ? AND changed > ?";
  private static final String IDS = "SELECT id FROM documents WHERE kind = ?";
  private static final String NUMBER = "SELECT number FROM document_changes WHERE kind = ?";
  private static final String DELETE = "DELETE FROM documents WHERE kind = ? AND id = ?";

  private DocumentRows() {}

  /** Returns its version. */
  static long put(Connection connection, String kind, String id, Instant now, byte[] bytes)
      throws SQLException {
    long change = change(connection, kind);
    try (PreparedStatement put = connection.prepareStatement(PUT)) {
      put.setString(1, kind);
      put.setString(2, id);
      put.setLong(3, EpochNanos.of(now));
      put.setBytes(4, bytes);
      put.setLong(5, change);
      return number(put);
    }
  }

  static int delete(Connection connection, String kind, String id) throws SQLException {
    try (PreparedStatement delete = connection.prepareStatement(DELETE)) {
      delete.setString(1, kind);
      delete.setString(2, id);
      int deleted = delete.executeUpdate();
      if (deleted > 0) {
        long unused = change(connection, kind);
      }
      return deleted;
    }
  }

  static List<Document> all(Connection connection, String kind) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(ALL)) {
      select.setString(1, kind);
      return documents(select);
    }
  }

  /** See {@link DocumentStore#changes}. */
  static DocumentChanges changes(Connection connection, String kind, long after)
      throws SQLException {
    // First: what changes between the queries is then read once more the next time.
    long number = last(connection, kind);
    if (number == after && after > 0) {
      return DocumentChanges.none(number);
    }
    List<Document> put;
    try (PreparedStatement select = connection.prepareStatement(CHANGED)) {
      select.setString(1, kind);
      // Documents that were there before their changes were numbered have none.
      select.setLong(2, after == 0 ? -1 : after);
      put = documents(select);
    }
    return new DocumentChanges(number, put, Optional.of(ids(connection, kind)));
  }

  private static Set<String> ids(Connection connection, String kind) throws SQLException {
    Set<String> ids = new HashSet<>();
    try (PreparedStatement select = connection.prepareStatement(IDS)) {
      select.setString(1, kind);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          ids.add(rows.getString(1));
        }
      }
    }
    return ids;
  }

  private static long last(Connection connection, String kind) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(NUMBER)) {
      select.setString(1, kind);
      return number(select);
    }
  }

  private static long change(Connection connection, String kind) throws SQLException {
    try (PreparedStatement change = connection.prepareStatement(CHANGE)) {
      change.setString(1, kind);
      return number(change);
    }
  }

  /** 0 if there is no row. */
  private static long number(PreparedStatement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery()) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  private static List<Document> documents(PreparedStatement select) throws SQLException {
    List<Document> documents = new ArrayList<>();
    try (ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        documents.add(
            new Document(
                rows.getString(1),
                rows.getLong(2),
                EpochNanos.instant(rows.getLong(3)),
                rows.getBytes(4)));
      }
    }
    return documents;
  }
}
