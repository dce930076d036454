// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.store;

import java.sql.Connection;
import java.sql.SQLException;

/** A kind of database: how to reach it, and what is not the same SQL everywhere. */
interface Engine extends AutoCloseable {
  /** For people: where it is. */
  String name();

  /** A new connection, whose commits are durable when they return. The caller closes it. */
  Connection open() throws SQLException;

  /**
   * Begins a transaction that writes: from here to its end nobody else writes, so that numbers are
   * given and seen in one order.
   */
  void beginWriting(Connection connection) throws SQLException;

  /** The type of whole numbers of 64 bits that are a primary key. */
  String keyType();

  /** The type of bytes. */
  String bytesType();

  /** Whether what is stored lives in its one connection, which then must stay open. */
  boolean inMemory();

  /** Whether other monitors write there too. */
  boolean shared();

  /** True if the statement can never succeed; false if it may later. */
  boolean isLasting(SQLException failure);

  /** Gives up what it holds; connections are closed before. */
  @Override
  void close();
}
