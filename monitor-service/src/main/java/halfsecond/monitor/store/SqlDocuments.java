// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Documents in either database. */
final class SqlDocuments implements DocumentStore {
  private static final String PUT =
      """
      INSERT INTO documents (kind, id, version, updated, bytes) VALUES (?, ?, 1, ?, ?)
      ON CONFLICT (kind, id) DO UPDATE SET
        version = documents.version + 1, updated = excluded.updated, bytes = excluded.bytes
      RETURNING version""";

  private static final String ALL =
      "SELECT id, version, updated, bytes FROM documents WHERE kind = ? ORDER BY id";

  private static final String DELETE = "DELETE FROM documents WHERE kind = ? AND id = ?";
  private static final int LONGEST_KIND = 100;
  private static final int LONGEST_ID = 200;

  private final Database database;
  private final InstantSource clock;

  SqlDocuments(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  @Override
  public long put(String kind, String id, byte[] bytes) {
    check(kind, LONGEST_KIND);
    check(id, LONGEST_ID);
    try {
      return database.write(
          connection -> {
            try (PreparedStatement put = connection.prepareStatement(PUT)) {
              put.setString(1, kind);
              put.setString(2, id);
              put.setLong(3, EpochNanos.of(clock.instant()));
              put.setBytes(4, bytes);
              try (ResultSet row = put.executeQuery()) {
                row.next();
                return row.getLong(1);
              }
            }
          });
    } catch (SQLException e) {
      throw new StoreException("the document cannot be written", e);
    }
  }

  @Override
  public List<Document> all(String kind) {
    try {
      return database.read(
          connection -> {
            try (PreparedStatement select = connection.prepareStatement(ALL)) {
              select.setString(1, kind);
              try (ResultSet rows = select.executeQuery()) {
                List<Document> documents = new ArrayList<>();
                while (rows.next()) {
                  documents.add(
                      new Document(
                          rows.getString(1),
                          rows.getLong(2),
                          EpochNanos.instant(rows.getLong(3)),
                          rows.getBytes(4)));
                }
                return documents;
              }
            }
          });
    } catch (SQLException e) {
      throw new StoreException("documents cannot be read", e);
    }
  }

  @Override
  public void delete(String kind, String id) {
    try {
      int unused =
          database.write(
              connection -> {
                try (PreparedStatement delete = connection.prepareStatement(DELETE)) {
                  delete.setString(1, kind);
                  delete.setString(2, id);
                  return delete.executeUpdate();
                }
              });
    } catch (SQLException e) {
      throw new StoreException("the document cannot be deleted", e);
    }
  }

  private static void check(String name, int longest) {
    if (name.isEmpty() || name.length() > longest) {
      throw new IllegalArgumentException("a name has 1 to " + longest + " characters");
    }
  }
}
