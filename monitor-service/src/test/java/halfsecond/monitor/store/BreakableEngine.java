// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.store;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;

/** An embedded database that fails when a test wants it to. */
final class BreakableEngine implements Engine {
  /** The message of a failure that will never be over. */
  static final String NEVER = "never";

  private final SqliteEngine engine;

  /** Transactions that write, begun so far. */
  final AtomicInteger transactions = new AtomicInteger();

  /** Prepared statements executed so far. */
  final AtomicInteger statements = new AtomicInteger();

  /** What every transaction fails with. */
  volatile boolean broken;

  /** Pages of 4 KiB that the file may have; 0 for as many as there are. */
  volatile int pages;

  BreakableEngine(SqliteEngine engine) {
    this.engine = engine;
  }

  @Override
  public String name() {
    return engine.name();
  }

  @Override
  public Connection open() throws SQLException {
    Connection connection = engine.open();
    if (pages > 0) {
      try (Statement statement = connection.createStatement()) {
        statement.execute("PRAGMA max_page_count = " + pages);
      }
    }
    return counting(connection);
  }

  private Connection counting(Connection connection) {
    return proxy(
        Connection.class,
        connection,
        (method, result) ->
            result instanceof PreparedStatement statement ? counting(statement) : result);
  }

  private PreparedStatement counting(PreparedStatement statement) {
    return proxy(
        PreparedStatement.class,
        statement,
        (method, result) -> {
          if (method.getName().startsWith("execute")) {
            statements.incrementAndGet();
          }
          return result;
        });
  }

  private static <T> T proxy(Class<T> type, T of, BiFunction<Method, Object, Object> seen) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              try {
                return seen.apply(method, method.invoke(of, arguments));
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }

  @Override
  public void beginWriting(Connection connection) throws SQLException {
    if (broken) {
      throw new SQLException("the disk is gone");
    }
    transactions.incrementAndGet();
    engine.beginWriting(connection);
  }

  @Override
  public String keyType() {
    return engine.keyType();
  }

  @Override
  public String bytesType() {
    return engine.bytesType();
  }

  @Override
  public boolean inMemory() {
    return engine.inMemory();
  }

  @Override
  public boolean shared() {
    return engine.shared();
  }

  @Override
  public boolean isLasting(SQLException failure) {
    return NEVER.equals(failure.getMessage()) || engine.isLasting(failure);
  }

  @Override
  public void close() {
    engine.close();
  }
}
