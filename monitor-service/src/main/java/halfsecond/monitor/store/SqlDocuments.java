// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;

/** Documents in either database. */
final class SqlDocuments implements DocumentStore {
  private static final int LONGEST_KIND = 100;
  private static final int LONGEST_ID = 200;

  /** Does something in a transaction. */
  private interface Runner {
    <T> T run(Database.Work<T> work) throws SQLException;
  }

  private final Runner reading;
  private final Runner writing;
  private final InstantSource clock;

  private SqlDocuments(Runner reading, Runner writing, InstantSource clock) {
    this.reading = reading;
    this.writing = writing;
    this.clock = clock;
  }

  /** Each method in a transaction of its own. */
  SqlDocuments(Database database, InstantSource clock) {
    this(database::read, database::write, clock);
  }

  @Override
  public long put(String kind, String id, byte[] bytes) {
    check(kind, LONGEST_KIND);
    check(id, LONGEST_ID);
    return written(connection -> DocumentRows.put(connection, kind, id, clock.instant(), bytes));
  }

  @Override
  public List<Document> all(String kind) {
    return read(connection -> DocumentRows.all(connection, kind));
  }

  @Override
  public DocumentChanges changes(String kind, long after) {
    return read(connection -> DocumentRows.changes(connection, kind, after));
  }

  @Override
  public <T> T exclusively(Function<DocumentStore, T> work) {
    return written(
        connection -> {
          Runner within = new Within(connection);
          return work.apply(new SqlDocuments(within, within, clock));
        });
  }

  @Override
  public void delete(String kind, String id) {
    int unused = written(connection -> DocumentRows.delete(connection, kind, id));
  }

  private <T> T written(Database.Work<T> work) {
    try {
      return writing.run(work);
    } catch (SQLException e) {
      throw new StoreException("documents cannot be written", e);
    }
  }

  private <T> T read(Database.Work<T> work) {
    try {
      return reading.run(work);
    } catch (SQLException e) {
      throw new StoreException("documents cannot be read", e);
    }
  }

  private static void check(String name, int longest) {
    if (name.isEmpty() || name.length() > longest) {
      throw new IllegalArgumentException("a name has 1 to " + longest + " characters");
    }
  }

  /** A transaction that is going on, for the thread that began it. */
  private record Within(Connection connection) implements Runner {
    @Override
    public <T> T run(Database.Work<T> work) throws SQLException {
      return work.run(connection);
    }
  }
}
