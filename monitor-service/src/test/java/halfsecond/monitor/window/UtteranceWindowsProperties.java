// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.window;

import static halfsecond.monitor.rpc.TestRecords.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import halfsecond.monitor.catalogue.BudgetShares;
import halfsecond.monitor.catalogue.UtteranceMetrics;
import halfsecond.monitor.record.UtteranceRecord;
import halfsecond.monitor.rpc.TestRecords;
import halfsecond.monitor.sketch.BinnedSketch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for any records in any order. */
final class UtteranceWindowsProperties {
  private static final WindowLayout LAYOUT =
      new WindowLayout(
          Duration.ofMinutes(1), Duration.ofHours(1), Duration.ofMinutes(15), Duration.ofHours(24));
  private static final SummaryQuery EVERYTHING =
      new SummaryQuery(new TimeSpan(NOW.minus(Duration.ofHours(24)), NOW), null, null, null, false);

  @ParameterizedTest(name = "seed={0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void theOrderOfRecordsDoesNotMatter(long seed) {
    Random random = new Random(seed);
    List<UtteranceRecord> records = records(random, 400);
    String forwards = counted(records);

    Collections.shuffle(records, random);

    assertThat(counted(records)).isEqualTo(forwards);
  }

  @ParameterizedTest(name = "seed={0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void cohortsOfADimensionAddUpToEverybody(long seed) {
    UtteranceWindows windows = windows();
    records(new Random(seed), 300).forEach(utterance -> windows.add(utterance, NOW));

    long everybody = windows.summarize(EVERYTHING, NOW).all().utterances();

    for (CohortKey.Dimension dimension : CohortKey.Dimension.values()) {
      long sum =
          valuesOf(dimension).stream()
              .map(
                  value ->
                      new SummaryQuery(
                          EVERYTHING.span(), null, new CohortKey(dimension, value), null, false))
              .mapToLong(query -> windows.summarize(query, NOW).all().utterances())
              .sum();
      assertThat(sum).as("%s", dimension).isEqualTo(everybody);
    }
  }

  @ParameterizedTest(name = "seed={0}")
  @ValueSource(longs = {1, 2, 3})
  void parallelWritersLoseNothing(long seed) {
    UtteranceWindows windows = windows();
    List<UtteranceRecord> records = records(new Random(seed), 2_000);

    records.parallelStream().forEach(utterance -> windows.add(utterance, NOW));

    Cell all = windows.summarize(EVERYTHING, NOW).all();
    assertThat(all.utterances() + all.of(UtteranceMetrics.LATE_ANSWERS).samples()).isEqualTo(2_000);
  }

  /** Time passes quickly here, so that windows are rolled while they are summed up. */
  @ParameterizedTest(name = "seed={0}")
  @ValueSource(longs = {1, 2})
  void summingUpWhileWindowsRollCountsNothingTwice(long seed) throws Exception {
    UtteranceWindows windows = windows();
    int steps = 600;
    AtomicInteger added = new AtomicInteger();
    AtomicLong clock = new AtomicLong(NOW.getEpochSecond());
    halfsecond.monitor.v1.UtteranceRecord.Builder utterance = TestRecords.answered("u-" + seed);
    CompletableFuture<Void> writer =
        CompletableFuture.runAsync(
            () -> {
              for (int i = 0; i < steps; i++) {
                Instant now = Instant.ofEpochSecond(clock.addAndGet(60));
                added.incrementAndGet();
                windows.add(TestRecords.read(TestRecords.at(now, utterance)), now);
              }
            });

    while (!writer.isDone()) {
      Instant now = Instant.ofEpochSecond(clock.get());
      TimeSpan day = new TimeSpan(now.minus(Duration.ofHours(24)), now.plusSeconds(300));
      long counted =
          windows.summarize(new SummaryQuery(day, null, null, null, false), now).all().utterances();
      assertThat(counted).isLessThanOrEqualTo(added.get());
    }

    writer.get();
    Instant end = Instant.ofEpochSecond(clock.get());
    TimeSpan day = new TimeSpan(end.minus(Duration.ofHours(24)), end.plusSeconds(60));
    Summary summary = windows.summarize(new SummaryQuery(day, null, null, null, false), end);
    assertThat(summary.all().utterances()).isEqualTo(steps);
  }

  private static String counted(List<UtteranceRecord> records) {
    UtteranceWindows windows = windows();
    records.forEach(utterance -> windows.add(utterance, NOW));
    Summary summary = windows.summarize(EVERYTHING, NOW);
    return summary.byVersion().entrySet().stream()
        .map(entry -> entry.getKey() + describe(entry.getValue()))
        .collect(Collectors.joining("\n"));
  }

  private static String describe(Cell cell) {
    String metrics =
        UtteranceMetrics.usual().all().stream()
            .map(metric -> metric.metric().name())
            .map(name -> name + "=" + describe(cell.of(name)))
            .collect(Collectors.joining(" "));
    return metrics + " " + cell.refusals();
  }

  /** Sums are rounded, so they depend on the order in their last digits. */
  private static String describe(Aggregate sum) {
    BinnedSketch values = sum.values();
    return String.join(
        "/",
        List.of(
            sum.samples() + "",
            Math.round(sum.sum()) + "",
            sum.events() + "",
            sum.trials() + "",
            values.count() + "",
            values.minimum() + "",
            values.maximum() + "",
            values.count() == 0 ? "" : values.quantile(0.3) + " " + values.quantile(0.9)));
  }

  private static List<String> valuesOf(CohortKey.Dimension dimension) {
    List<String> values =
        new ArrayList<>(List.of(SeriesKey.OTHER, "", "LINEAR16/16000", "LINEAR16/8000"));
    for (int i = 0; i < 6; i++) {
      values.add(dimension.name() + i);
    }
    return values;
  }

  private static List<UtteranceRecord> records(Random random, int count) {
    List<UtteranceRecord> records = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      records.add(TestRecords.read(any(random, "u-" + i)));
    }
    return records;
  }

  private static halfsecond.monitor.v1.UtteranceRecord.Builder any(Random random, String id) {
    halfsecond.monitor.v1.UtteranceRecord.Builder utterance =
        switch (random.nextInt(6)) {
          case 0 -> TestRecords.empty(id);
          case 1 -> TestRecords.cut(id);
          case 2 -> TestRecords.late(id);
          case 3 -> TestRecords.rejected(id);
          case 4 -> TestRecords.replayed(id);
          default -> TestRecords.answered(id);
        };
    utterance
        .getCohortBuilder()
        .setAppVersion("APP_VERSION" + random.nextInt(6))
        .setDevice("DEVICE" + random.nextInt(6))
        .setRegion("REGION" + random.nextInt(6))
        .setTenant(random.nextBoolean() ? "" : "TENANT" + random.nextInt(6));
    if (utterance.hasModel()) {
      utterance.getModelBuilder().setModelVersion("en-small@" + random.nextInt(2));
    }
    return TestRecords.ago(
        Duration.ofSeconds(random.nextInt(80_000)),
        utterance.setSampleRateHertz(random.nextBoolean() ? 8_000 : 16_000));
  }

  private static UtteranceWindows windows() {
    return new UtteranceWindows(
        LAYOUT, new SeriesLimits(4, 4, 1_000), new BudgetShares(0.4, 0.1, 0.4, 0.1));
  }
}
