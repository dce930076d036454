// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Rows that wait to be inserted, together with those of others. Everything but {@link #done} runs
 * on the writer's thread.
 */
final class Append {
  private final int rows;
  private final Database.Work<Appended> insert;
  private final Consumer<Appended> committed;
  private final CompletableFuture<Integer> done = new CompletableFuture<>();
  private @Nullable Appended appended;

  /**
   * @param insert may run again if the transaction failed
   * @param committed told once it is durable, before anybody who waits for that
   */
  Append(int rows, Database.Work<Appended> insert, Consumer<Appended> committed) {
    this.rows = rows;
    this.insert = insert;
    this.committed = committed;
  }

  int rows() {
    return rows;
  }

  /** How many were new, once all are durable. */
  CompletionStage<Integer> done() {
    return done;
  }

  void apply(Connection connection) throws SQLException {
    if (rows > 0) {
      appended = insert.run(connection);
    }
  }

  void committed() {
    if (appended != null) {
      committed.accept(appended);
    }
    done.complete(appended == null ? 0 : appended.fresh().cardinality());
  }

  void failed(RuntimeException why) {
    done.completeExceptionally(why);
  }
}
