// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.store;

import halfsecond.monitor.rpc.TestRecords;
import halfsecond.monitor.rpc.UtteranceReader;
import halfsecond.monitor.telemetry.StoreMetrics;
import halfsecond.monitor.v1.UtteranceRecord;
import io.opentelemetry.api.metrics.MeterProvider;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Stores to begin with. Whoever opens one closes it. */
public final class TestStores {
  private static final Duration KEPT = Duration.ofDays(14);

  private TestStores() {}

  /** Keeps nothing beyond its end. */
  public static StoreConfig inMemory() {
    return new StoreConfig(Optional.empty(), Optional.empty(), KEPT, 1_000_000, 100_000);
  }

  static StoreConfig in(Path directory) {
    return new StoreConfig(Optional.of(directory), Optional.empty(), KEPT, 1_000_000, 100_000);
  }

  static StoreConfig postgres(String url) {
    return new StoreConfig(
        Optional.empty(),
        Optional.of(new PostgresConfig(url, Optional.empty(), Optional.empty())),
        KEPT,
        1_000_000,
        100_000);
  }

  static StoreConfig keeping(StoreConfig config, Duration kept, long most) {
    return new StoreConfig(config.directory(), config.postgres(), kept, most, most);
  }

  /** Open and started. */
  public static Store open(StoreConfig config, InstantSource clock, RecordConsumer... consumers) {
    Store store = Store.open(config, new UtteranceReader(), metrics(), clock);
    store.start(List.of(), List.of(consumers), List.of());
    return store;
  }

  static Store open(Engine engine, StoreConfig config, RecordConsumer... consumers) {
    Store store =
        Store.open(engine, config, new UtteranceReader(), metrics(), () -> TestRecords.NOW);
    store.start(List.of(), List.of(consumers), List.of());
    return store;
  }

  static StoreMetrics metrics() {
    return new StoreMetrics(MeterProvider.noop().get("test"));
  }

  /** As it comes in at {@link TestRecords#NOW}. */
  public static LogEntry entry(UtteranceRecord.Builder record) {
    return entry(record, TestRecords.NOW);
  }

  static LogEntry entry(UtteranceRecord.Builder record, Instant ingested) {
    return new LogEntry(TestRecords.read(record), ingested, record.build().toByteArray());
  }

  /** Waits for it. */
  public static int done(CompletionStage<Integer> appended) {
    try {
      return appended.toCompletableFuture().get(30, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError("it was not kept", e);
    }
  }
}
