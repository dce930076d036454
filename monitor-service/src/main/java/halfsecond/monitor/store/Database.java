// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.store;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Runs transactions: one that writes at a time, and any number that read meanwhile. A connection
 * that failed is replaced by a new one the next time. Safe for use by any thread; every call waits
 * for the database.
 */
final class Database implements AutoCloseable {
  private static final int MOST_IDLE = 4;

  /** What is done in one transaction. May run again if it failed. */
  @FunctionalInterface
  interface Work<T> {
    T run(Connection connection) throws SQLException;
  }

  private final Engine engine;

  /** Fair, so that readers of a database in memory get their turn. */
  private final ReentrantLock writing = new ReentrantLock(true);

  @GuardedBy("writing")
  private @Nullable Connection writer;

  private final Object lock = new Object();

  @GuardedBy("lock")
  private final ArrayDeque<Connection> idle = new ArrayDeque<>();

  @GuardedBy("lock")
  private boolean closed;

  /**
   * @param engine closed with this
   */
  Database(Engine engine) {
    this.engine = engine;
  }

  Engine engine() {
    return engine;
  }

  /** Does all of it, durable when this returns, or nothing. */
  <T> T write(Work<T> work) throws SQLException {
    writing.lock();
    try {
      Connection connection = writer();
      boolean done = false;
      try {
        engine.beginWriting(connection);
        T result = work.run(connection);
        connection.commit();
        done = true;
        return result;
      } finally {
        if (!done) {
          rollBack(connection);
        }
      }
    } finally {
      writing.unlock();
    }
  }

  /** Reads what was committed. */
  <T> T read(Work<T> work) throws SQLException {
    if (engine.inMemory()) {
      return write(work);
    }
    Connection connection = borrow();
    boolean done = false;
    try {
      T result = work.run(connection);
      done = true;
      return result;
    } finally {
      giveBack(connection, done);
    }
  }

  @Override
  public void close() {
    writing.lock();
    try {
      if (writer != null) {
        closeQuietly(writer);
        writer = null;
      }
    } finally {
      writing.unlock();
    }
    synchronized (lock) {
      closed = true;
      idle.forEach(Database::closeQuietly);
      idle.clear();
    }
    engine.close();
  }

  @GuardedBy("writing")
  private Connection writer() throws SQLException {
    Connection open = writer;
    if (open == null) {
      open = engine.open();
      open.setAutoCommit(false);
      writer = open;
    }
    return open;
  }

  /** A connection that failed may be of no use any more; one in memory holds everything. */
  @GuardedBy("writing")
  private void rollBack(Connection connection) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      // The failure that led here is the one to tell of.
    }
    if (!engine.inMemory()) {
      closeQuietly(connection);
      writer = null;
    }
  }

  private Connection borrow() throws SQLException {
    synchronized (lock) {
      Connection connection = idle.poll();
      if (connection != null) {
        return connection;
      }
    }
    return engine.open();
  }

  private void giveBack(Connection connection, boolean sound) {
    synchronized (lock) {
      if (sound && !closed && idle.size() < MOST_IDLE) {
        idle.push(connection);
        return;
      }
    }
    closeQuietly(connection);
  }

  private static void closeQuietly(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      // Nothing more can be done for it.
    }
  }
}
