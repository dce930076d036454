// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.store;

import static halfsecond.monitor.rpc.TestRecords.NOW;
import static halfsecond.monitor.rpc.TestRecords.answered;
import static halfsecond.monitor.store.TestStores.done;
import static halfsecond.monitor.store.TestStores.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import halfsecond.common.error.Reason;
import halfsecond.common.error.SpeechException;
import halfsecond.monitor.rpc.UtteranceReader;
import halfsecond.monitor.telemetry.StoreMetrics;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A database that cannot be written for a while. */
final class StoreOutageTest {
  @RegisterExtension static final OpenTelemetryExtension OTEL = OpenTelemetryExtension.create();

  @TempDir private Path folder;
  private final List<String> seen = new CopyOnWriteArrayList<>();
  private BreakableEngine engine;
  private StoreMetrics metrics;
  private Store store;

  @BeforeEach
  void open() {
    engine = new BreakableEngine(SqliteEngine.in(folder));
    metrics = new StoreMetrics(OTEL.getOpenTelemetry().getMeter("test"));
    store = Store.open(engine, TestStores.in(folder), new UtteranceReader(), metrics, () -> NOW);
    store.start(
        List.of(),
        List.of((utterance, ingested) -> seen.add(utterance.id().utteranceId())),
        List.of());
  }

  @AfterEach
  void close() {
    store.close();
    metrics.close();
  }

  @Test
  void recordsWaitInOrderUntilItCanBeWrittenAgain() {
    done(append("u-1"));
    engine.broken = true;
    CompletableFuture<Integer> second = append("u-2").toCompletableFuture();
    CompletableFuture<Integer> third = append("u-3").toCompletableFuture();

    await().until(() -> metric(StoreMetrics.FAILURES) >= 2);
    assertThat(second).isNotDone();
    assertThat(third).isNotDone();
    assertThat(seen).containsExactly("u-1");
    assertThat(store.records().find("u-1")).as("what is kept can be read").hasSize(1);

    engine.broken = false;
    assertThat(done(second)).isEqualTo(1);
    assertThat(done(third)).isEqualTo(1);
    assertThat(seen).containsExactly("u-1", "u-2", "u-3");
  }

  @Test
  void aFullDiskHoldsRecordsUntilThereIsRoom() {
    engine.pages = 60;
    engine.broken = true;
    CompletableFuture<Integer> many =
        store
            .records()
            .append(IntStream.range(0, 2_000).mapToObj(i -> entry(answered("u-" + i))).toList())
            .toCompletableFuture();
    await().until(() -> metric(StoreMetrics.FAILURES) >= 1);
    // From now on it is the limit of the file alone that fails, on a connection that has it.
    engine.broken = false;
    double before = metric(StoreMetrics.FAILURES);
    await().until(() -> metric(StoreMetrics.FAILURES) >= before + 1);
    assertThat(many).isNotDone();
    assertThat(seen).isEmpty();

    engine.pages = 0;

    assertThat(done(many)).isEqualTo(2_000);
    assertThat(seen).hasSize(2_000);
  }

  @Test
  void whatWaitsIsTurnedAwayWhenTheStoreCloses() {
    engine.broken = true;
    CompletableFuture<Integer> waiting = append("u-1").toCompletableFuture();
    await().until(() -> metric(StoreMetrics.FAILURES) >= 1);

    store.close();

    assertThat(waiting)
        .isCompletedExceptionally()
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .withCauseInstanceOf(SpeechException.class);
    assertThat(append("u-2").toCompletableFuture()).isCompletedExceptionally();
  }

  @Test
  void tooMuchThatWaitsIsRefused() {
    engine.broken = true;

    assertThatExceptionOfType(SpeechException.class)
        .isThrownBy(
            () -> {
              // More than waits and what may be in hand besides.
              for (int i = 0; i < 20_000; i++) {
                CompletionStage<Integer> unused = append("u-" + i);
              }
            })
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.SATURATED));
  }

  @Test
  void aConsumerThatFailsDisturbsNobody() {
    store.close();
    List<String> others = new CopyOnWriteArrayList<>();
    store =
        TestStores.open(
            TestStores.in(folder),
            () -> NOW,
            (utterance, ingested) -> {
              throw new IllegalStateException("a bug");
            },
            (utterance, ingested) -> others.add(utterance.id().utteranceId()));

    assertThat(done(append("u-1"))).isEqualTo(1);
    assertThat(others).containsExactly("u-1");
  }

  private CompletionStage<Integer> append(String id) {
    return store.records().append(List.of(entry(answered(id))));
  }

  private static double metric(String name) {
    return OTEL.getMetrics().stream()
        .filter(metric -> metric.getName().equals(name))
        .map(MetricData::getLongSumData)
        .flatMap(sum -> sum.getPoints().stream())
        .mapToLong(point -> point.getValue())
        .sum();
  }
}
