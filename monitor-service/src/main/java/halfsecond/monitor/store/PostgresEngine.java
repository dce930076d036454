// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.store;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Properties;

/**
 * PostgreSQL, which several monitors may share. Whoever writes holds an advisory lock until the
 * commit: so the order of the numbers is the order of the commits, and who reads up to a number
 * misses nothing before it.
 */
final class PostgresEngine implements Engine {
  /** Any number that no other program would take by chance. */
  private static final long LOCK = 0x68_73_6d_6f_6e_69L;

  private static final String CONNECT_SECONDS = "5";

  /** A server that says nothing for so long is gone. */
  private static final String SOCKET_SECONDS = "20";

  /** Classes of SQLSTATE: a value that does not fit, a rule that does not hold. */
  private static final String DATA_EXCEPTION = "22";

  private static final String INTEGRITY_VIOLATION = "23";

  private final String url;
  private final Properties properties = new Properties();

  PostgresEngine(PostgresConfig config) {
    url = config.url();
    config.user().ifPresent(user -> properties.setProperty("user", user));
    config.password().ifPresent(password -> properties.setProperty("password", password.value()));
    properties.setProperty("ApplicationName", "halfsecond-monitor");
    properties.setProperty("connectTimeout", CONNECT_SECONDS);
    properties.setProperty("socketTimeout", SOCKET_SECONDS);
    properties.setProperty("tcpKeepAlive", "true");
  }

  /** Without parameters, which may hold a password. */
  @Override
  public String name() {
    int parameters = url.indexOf('?');
    return parameters < 0 ? url : url.substring(0, parameters);
  }

  @Override
  public Connection open() throws SQLException {
    return DriverManager.getConnection(url, properties);
  }

  @Override
  public void beginWriting(Connection connection) throws SQLException {
    try (PreparedStatement lock = connection.prepareStatement("SELECT pg_advisory_xact_lock(?)")) {
      lock.setLong(1, LOCK);
      lock.execute();
    }
  }

  @Override
  public String keyType() {
    return "BIGINT";
  }

  @Override
  public String bytesType() {
    return "BYTEA";
  }

  @Override
  public boolean inMemory() {
    return false;
  }

  @Override
  public boolean shared() {
    return true;
  }

  @Override
  public boolean isLasting(SQLException failure) {
    String state = failure.getSQLState();
    return state != null
        && (state.startsWith(DATA_EXCEPTION) || state.startsWith(INTEGRITY_VIOLATION));
  }

  @Override
  public void close() {}
}
