// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.store;

import static halfsecond.monitor.rpc.TestRecords.answered;
import static halfsecond.monitor.store.TestStores.done;
import static halfsecond.monitor.store.TestStores.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import halfsecond.common.lifecycle.StartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract in a directory, and what is special about that. */
final class EmbeddedStoreTest extends StoreContract {
  @TempDir private Path folder;

  @Override
  StoreConfig config() {
    return TestStores.in(folder.resolve("deep").resolve("store"));
  }

  @Test
  void aDirectoryBelongsToOneMonitor() {
    assertThatExceptionOfType(StartException.class)
        .isThrownBy(() -> TestStores.open(config(), () -> Instant.EPOCH))
        .withMessageContaining("another monitor");
  }

  @Test
  void whatANewerMonitorWroteIsLeftAlone() throws SQLException {
    store().close();
    SqliteEngine engine = SqliteEngine.in(folder.resolve("deep").resolve("store"));
    try (Connection connection = engine.open();
        Statement statement = connection.createStatement()) {
      statement.execute("INSERT INTO store_version (version) VALUES (99)");
    }
    engine.close();

    assertThatExceptionOfType(StartException.class)
        .isThrownBy(() -> TestStores.open(config(), () -> Instant.EPOCH))
        .withMessageContaining("newer");
  }

  @Test
  void aDirectoryThatCannotBeMadeIsSaid() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");

    assertThatExceptionOfType(StartException.class)
        .isThrownBy(() -> TestStores.open(TestStores.in(file), () -> Instant.EPOCH))
        .withMessageContaining(file.toString());
  }

  @Test
  void whatIsNoDatabaseIsSaid() throws IOException {
    Path other = Files.createDirectory(folder.resolve("other"));
    Path file = Files.writeString(other.resolve("monitor.db"), "nothing of ours".repeat(100));

    assertThatExceptionOfType(StartException.class)
        .isThrownBy(() -> TestStores.open(TestStores.in(other), () -> Instant.EPOCH))
        .withMessageContaining(file.toString());
  }

  @Test
  void aRecordThatCannotBeReadAnyMoreIsLeftOut() throws SQLException {
    done(store().records().append(List.of(entry(answered("u-1")), entry(answered("u-2")))));
    store().close();
    SqliteEngine engine = SqliteEngine.in(folder.resolve("deep").resolve("store"));
    try (Connection connection = engine.open();
        Statement statement = connection.createStatement()) {
      statement.execute("UPDATE utterances SET encoded = x'ff' WHERE utterance_id = 'u-1'");
    }
    engine.close();

    List<String> seen = new ArrayList<>();
    try (Store again =
        TestStores.open(
            config(),
            () -> Instant.EPOCH,
            (utterance, ingested) -> seen.add(utterance.id().utteranceId()))) {
      assertThat(again.records().find("u-2")).hasSize(1);
    }
    assertThat(seen).containsExactly("u-2");
  }
}
