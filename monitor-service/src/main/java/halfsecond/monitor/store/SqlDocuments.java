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
    return written(connection -> work.apply(new Within(connection)));
  }

  @Override
  public void delete(String kind, String id) {
    int unused = written(connection -> DocumentRows.delete(connection, kind, id));
  }

  private <T> T written(Database.Work<T> work) {
    try {
      return database.write(work);
    } catch (SQLException e) {
      throw new StoreException("documents cannot be written", e);
    }
  }

  private <T> T read(Database.Work<T> work) {
    try {
      return database.read(work);
    } catch (SQLException e) {
      throw new StoreException("documents cannot be read", e);
    }
  }

  private static void check(String name, int longest) {
    if (name.isEmpty() || name.length() > longest) {
      throw new IllegalArgumentException("a name has 1 to " + longest + " characters");
    }
  }

  /** The documents within one transaction, for the thread that began it. */
  private final class Within implements DocumentStore {
    private final Connection connection;

    Within(Connection connection) {
      this.connection = connection;
    }

    @Override
    public long put(String kind, String id, byte[] bytes) {
      check(kind, LONGEST_KIND);
      check(id, LONGEST_ID);
      return done(open -> DocumentRows.put(open, kind, id, clock.instant(), bytes));
    }

    @Override
    public List<Document> all(String kind) {
      return done(open -> DocumentRows.all(open, kind));
    }

    @Override
    public DocumentChanges changes(String kind, long after) {
      return done(open -> DocumentRows.changes(open, kind, after));
    }

    @Override
    public <T> T exclusively(Function<DocumentStore, T> work) {
      return work.apply(this);
    }

    @Override
    public void delete(String kind, String id) {
      int unused = done(open -> DocumentRows.delete(open, kind, id));
    }

    private <T> T done(Database.Work<T> work) {
      try {
        return work.run(connection);
      } catch (SQLException e) {
        throw new StoreException("documents cannot be read or written", e);
      }
    }
  }
}
