// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.store;

import static halfsecond.monitor.rpc.TestRecords.NOW;
import static halfsecond.monitor.rpc.TestRecords.answered;
import static halfsecond.monitor.store.TestStores.done;
import static halfsecond.monitor.store.TestStores.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import halfsecond.common.lifecycle.StartException;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The contract on a real PostgreSQL, and several monitors on one. */
final class PostgresStoreIT extends StoreContract {
  private static final AtomicInteger DATABASES = new AtomicInteger();
  private static EmbeddedPostgres server;
  private String url = "";

  @BeforeAll
  static void startServer() throws IOException {
    server = EmbeddedPostgres.start();
  }

  @AfterAll
  static void stopServer() throws IOException {
    server.close();
  }

  @Override
  StoreConfig config() {
    if (url.isEmpty()) {
      String name = "test" + DATABASES.incrementAndGet();
      run("CREATE DATABASE " + name);
      url = server.getJdbcUrl("postgres", name);
    }
    return TestStores.postgres(url);
  }

  @BeforeEach
  void isReached() {
    assertThat(url).startsWith("jdbc:postgresql:");
  }

  @Test
  void severalMonitorsSeeEverythingInOneOrder() {
    List<String> first = new CopyOnWriteArrayList<>();
    List<String> second = new CopyOnWriteArrayList<>();
    try (Store one =
            TestStores.open(
                config(), () -> NOW, (utterance, at) -> first.add(utterance.id().utteranceId()));
        Store two =
            TestStores.open(
                config(), () -> NOW, (utterance, at) -> second.add(utterance.id().utteranceId()))) {
      List<CompletionStage<Integer>> appended = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        appended.add(one.records().append(List.of(entry(answered("one-" + i)))));
        appended.add(two.records().append(List.of(entry(answered("two-" + i)))));
        // To both, as a reporter that has changed over sends again.
        appended.add(one.records().append(List.of(entry(answered("both-" + i)))));
        appended.add(two.records().append(List.of(entry(answered("both-" + i)))));
      }
      int fresh = appended.stream().mapToInt(TestStores::done).sum();

      assertThat(fresh).isEqualTo(600);
      await().untilAsserted(() -> assertThat(first).hasSize(600));
      await().untilAsserted(() -> assertThat(second).hasSize(600));
    }
    assertThat(first).doesNotHaveDuplicates().isEqualTo(second);
  }

  @Test
  void connectionsThatAreCutAreMadeAgain() {
    assertThat(done(store().records().append(List.of(entry(answered("u-1")))))).isEqualTo(1);
    assertThat(store().records().find("u-1")).hasSize(1);
    run(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            + " WHERE application_name = 'halfsecond-monitor'");

    assertThat(done(store().records().append(List.of(entry(answered("u-2")))))).isEqualTo(1);
    await()
        .ignoreExceptionsInstanceOf(StoreException.class)
        .untilAsserted(() -> assertThat(store().records().find("u-2")).hasSize(1));
  }

  @Test
  void aServerThatIsNotThereIsSaid() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    StoreConfig config =
        TestStores.postgres("jdbc:postgresql://127.0.0.1:" + port + "/db?password=hidden");

    assertThatExceptionOfType(StartException.class)
        .isThrownBy(() -> TestStores.open(config, () -> NOW))
        .withMessageContaining(Integer.toString(port))
        .satisfies(e -> assertThat(e).hasMessageNotContaining("hidden"));
  }

  private static void run(String sql) {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new AssertionError(sql, e);
    }
  }
}
