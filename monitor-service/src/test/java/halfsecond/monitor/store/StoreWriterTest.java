// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import halfsecond.common.concurrent.Ticker;
import halfsecond.monitor.rpc.TestRecords;
import halfsecond.monitor.rpc.UtteranceReader;
import java.sql.SQLException;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Groups and failures, on a database without tables of ours. */
final class StoreWriterTest {
  private final BreakableEngine engine = new BreakableEngine(SqliteEngine.memory());
  private final Database database = new Database(engine);
  private final List<String> committed = new CopyOnWriteArrayList<>();
  private StoreWriter writer;

  @BeforeEach
  void start() throws SQLException {
    Schema.prepare(database);
    RecordFeed feed = new RecordFeed(database, new UtteranceReader());
    Retention retention = new Retention(database, Duration.ofDays(1), 1_000, () -> TestRecords.NOW);
    Upkeep upkeep =
        new Upkeep(
            feed,
            new FeedbackFeed(database, new UtteranceReader()),
            false,
            retention,
            Ticker.system());
    writer = new StoreWriter(database, upkeep, TestStores.metrics(), Ticker.system(), 100);
    writer.start();
  }

  @AfterEach
  void stop() {
    writer.close();
    database.close();
  }

  @Test
  void whatComesWhileItWritesIsOneTransaction() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    var unused =
        writer.write(
            new Append(
                1,
                connection -> {
                  begun.countDown();
                  awaitQuietly(goOn);
                  return oneRow();
                },
                appended -> {}));
    begun.await();
    int before = engine.transactions.get();
    CompletableFuture<Integer> last = CompletableFuture.completedFuture(0);
    for (int i = 0; i < 20; i++) {
      last = write("w-" + i);
    }
    goOn.countDown();

    assertThat(TestStores.done(last)).isEqualTo(1);
    assertThat(committed).hasSize(20).startsWith("w-0").endsWith("w-19");
    // Upkeep is due after a second; it does not write when nothing is too old.
    assertThat(engine.transactions.get() - before).isEqualTo(1);
  }

  @Test
  void oneThatCanNeverBeWrittenHoldsUpNobody() {
    engine.broken = true;
    CompletableFuture<Integer> before = write("before");
    CompletableFuture<Integer> never =
        fails(
            () -> {
              throw new SQLException(BreakableEngine.NEVER);
            });
    CompletableFuture<Integer> bug =
        fails(
            () -> {
              throw new IllegalStateException("a bug");
            });
    CompletableFuture<Integer> after = write("after");

    engine.broken = false;

    assertThat(TestStores.done(before)).isEqualTo(1);
    assertThat(TestStores.done(after)).isEqualTo(1);
    await().until(() -> never.isCompletedExceptionally() && bug.isCompletedExceptionally());
    assertThat(committed).containsExactly("before", "after");
  }

  private interface Failing {
    Appended run() throws SQLException;
  }

  private CompletableFuture<Integer> fails(Failing how) {
    return writer
        .write(new Append(1, connection -> how.run(), appended -> committed.add("failed")))
        .toCompletableFuture();
  }

  private CompletableFuture<Integer> write(String name) {
    return writer
        .write(new Append(1, connection -> oneRow(), appended -> committed.add(name)))
        .toCompletableFuture();
  }

  private static Appended oneRow() {
    BitSet fresh = new BitSet();
    fresh.set(0);
    return new Appended(1, fresh);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
