// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.metric;

import static halfsecond.monitor.rpc.TestRecords.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import halfsecond.monitor.catalogue.Metric;
import halfsecond.monitor.catalogue.MetricCatalogue;
import halfsecond.monitor.catalogue.MetricCodec;
import halfsecond.monitor.catalogue.TestKind;
import halfsecond.monitor.record.Stage;
import halfsecond.monitor.store.BreakableDocuments;
import halfsecond.monitor.store.Document;
import halfsecond.monitor.store.KeptDocuments;
import halfsecond.monitor.store.Store;
import halfsecond.monitor.store.TestStores;
import halfsecond.monitor.window.Aggregate;
import halfsecond.monitor.window.CohortKey;
import halfsecond.monitor.window.TimeSpan;
import halfsecond.monitor.window.Who;
import halfsecond.monitor.window.WindowLayout;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class MetricExchangeTest {
  private static final String ERRORS = "asr.errors";
  private static final String CPU = "asr.cpu";
  private static final CohortKey PHONE = new CohortKey(CohortKey.Dimension.DEVICE, "phone");
  private static final Duration TICK = Duration.ofSeconds(5);

  private Instant now = NOW;
  private final Store store = TestStores.open(TestStores.inMemory(), () -> now());
  private final BreakableDocuments documents = new BreakableDocuments(store.documents());

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void whatCameInIsKnownAgain() {
    Monitor before = new Monitor();
    before.add(ERRORS, new StageSample.Increment(2), new Who("small@1", PHONE));
    before.add(CPU, new StageSample.Reading(0.5), Who.ALL);
    pass(Duration.ofMinutes(1));
    before.add(CPU, new StageSample.Reading(1.5), Who.ALL);
    before.tick();
    before.add(ERRORS, new StageSample.Increment(3), Who.ALL);
    before.exchange.flush(now);

    Monitor after = new Monitor();

    assertThat(after.errors(Who.ALL)).isEqualTo(5);
    assertThat(after.errors(new Who("small@1", null))).isEqualTo(2);
    assertThat(after.errors(new Who(null, PHONE))).isEqualTo(2);
    assertThat(after.history(CPU)).hasSize(2);
    assertThat(after.history(CPU).get(1).values().mean()).isEqualTo(1.5);
    assertThat(after.windows.latest(CPU, NOW))
        .containsExactly(new MetricSummary.Latest("asr-0", now, 1.5));
    assertThat(after.windows.lastMoved(CPU)).contains(now);
    assertThat(after.windows.cohorts(ERRORS)).containsExactly(PHONE);
  }

  @Test
  void whatSeveralMonitorsAreToldAddsUp() {
    Monitor left = new Monitor();
    Monitor right = new Monitor();
    left.add(ERRORS, new StageSample.Increment(1), Who.ALL);
    right.add(ERRORS, new StageSample.Increment(10), Who.ALL);
    for (int i = 0; i < 3; i++) {
      tick(left, right);
    }
    right.add(ERRORS, new StageSample.Increment(100), Who.ALL);
    tick(right, left);

    assertThat(left.errors(Who.ALL)).isEqualTo(111);
    assertThat(right.errors(Who.ALL)).isEqualTo(111);
    assertThat(new Monitor().errors(Who.ALL)).isEqualTo(111);
  }

  @Test
  void hoursArePutTogetherAndNothingIsLostOrCountedTwice() {
    Monitor left = new Monitor();
    Monitor right = new Monitor();
    for (int i = 0; i < 40; i++) {
      left.add(ERRORS, new StageSample.Increment(1), Who.ALL);
      right.add(ERRORS, new StageSample.Increment(1), Who.ALL);
      tick(left, right);
      pass(Duration.ofMinutes(5));
    }

    tick(left);
    assertThat(store.documents().all("metric_hours")).isNotEmpty();
    assertThat(store.documents().all("metric_news")).hasSizeLessThan(60);
    assertThat(left.errors(Who.ALL)).isEqualTo(80);
    assertThat(right.errors(Who.ALL)).isEqualTo(80);
    Monitor late = new Monitor();
    assertThat(late.errors(Who.ALL)).isEqualTo(80);
    assertThat(late.history(ERRORS)).hasSameSizeAs(left.history(ERRORS));
  }

  @Test
  void whatCouldNotBeWrittenIsWrittenLater() {
    Monitor monitor = new Monitor();
    Monitor other = new Monitor();
    monitor.add(ERRORS, new StageSample.Increment(1), Who.ALL);
    documents.broken(true);
    tick(monitor);
    monitor.add(ERRORS, new StageSample.Increment(1), Who.ALL);
    tick(monitor);
    assertThat(monitor.errors(Who.ALL)).isEqualTo(2);
    documents.broken(false);
    tick(monitor, other);

    assertThat(monitor.errors(Who.ALL)).isEqualTo(2);
    assertThat(other.errors(Who.ALL)).isEqualTo(2);
    assertThat(new Monitor().errors(Who.ALL)).isEqualTo(2);
  }

  @Test
  void whoWasAwayForHoursMissesNothing() {
    Monitor here = new Monitor();
    Monitor away = new Monitor();
    away.add(ERRORS, new StageSample.Increment(1_000), Who.ALL);
    for (int i = 0; i < 40; i++) {
      here.add(ERRORS, new StageSample.Increment(1), Who.ALL);
      tick(here);
      pass(Duration.ofMinutes(5));
    }
    tick(away);

    assertThat(away.errors(Who.ALL)).isEqualTo(1_040);
    tick(here, away);
    assertThat(here.errors(Who.ALL)).isEqualTo(1_040);
    assertThat(away.errors(Who.ALL)).isEqualTo(1_040);
  }

  @Test
  void hoursOfWhichNoWindowIsKeptAreDeleted() {
    Monitor monitor = new Monitor();
    monitor.add(ERRORS, new StageSample.Increment(1), Who.ALL);
    tick(monitor);
    pass(Duration.ofHours(3));
    tick(monitor);
    assertThat(store.documents().all("metric_hours")).hasSize(1);

    pass(Duration.ofHours(26));
    tick(monitor);
    assertThat(store.documents().all("metric_hours")).isEmpty();
  }

  @Test
  void aMetricThatWasDeclaredElsewhereIsLookedUp() {
    Monitor left = new Monitor();
    Monitor right = new Monitor();
    left.windows
        .catalogue()
        .declare(
            new Metric(
                "search.depth",
                Stage.PIPELINE,
                Metric.Kind.COUNTER,
                "1",
                Metric.Direction.UP_IS_WORSE,
                TestKind.CUSUM,
                "how deep the search goes",
                Metric.Source.DECLARED));
    left.add("search.depth", new StageSample.Increment(4), Who.ALL);
    tick(left, right);

    assertThat(right.history("search.depth")).hasSize(1);
  }

  @Test
  void whatIsNotUnderstoodIsLeftOut() {
    long unused = store.documents().put("metric_news", "00000001-x-0", new byte[] {9, 9});
    assertThat(new Monitor().errors(Who.ALL)).isZero();
  }

  /** The answer is lost, or a whole hour, until it is known again what was written. */
  @Test
  void whatMayHaveBeenWrittenIsNotCountedTwice() {
    Monitor monitor = new Monitor();
    Monitor other = new Monitor();
    monitor.add(ERRORS, new StageSample.Increment(1), Who.ALL);
    documents.losingAnswers(true);
    tick(monitor);
    tick(other);
    monitor.add(ERRORS, new StageSample.Increment(10), Who.ALL);
    pass(Duration.ofMinutes(61));
    tick(monitor);
    documents.losingAnswers(false);
    tick(monitor, other, monitor, other);

    assertThat(monitor.errors(Who.ALL)).isEqualTo(11);
    assertThat(other.errors(Who.ALL)).isEqualTo(11);
    assertThat(new Monitor().errors(Who.ALL)).isEqualTo(11);
  }

  @Test
  void aRestoreInBetweenCountsWhatIsNotWrittenYet() {
    Monitor monitor = new Monitor();
    monitor.add(ERRORS, new StageSample.Increment(1), Who.ALL);
    documents.broken(true);
    tick(monitor);
    monitor.add(ERRORS, new StageSample.Increment(10), Who.ALL);
    documents.broken(false);
    monitor.exchange.restore(now);
    assertThat(monitor.errors(Who.ALL)).isEqualTo(11);

    monitor.exchange.flush(now);
    assertThat(new Monitor().errors(Who.ALL)).isEqualTo(11);
  }

  @Test
  void aClockThatIsPutBackDoesNotEndIt() {
    Monitor monitor = new Monitor();
    tick(monitor);
    pass(Duration.ofMinutes(-3));
    monitor.add(ERRORS, new StageSample.Increment(1), Who.ALL);
    tick(monitor);

    assertThat(new Monitor().errors(Who.ALL)).isEqualTo(1);
  }

  @Test
  void whatIsNotUnderstoodIsLeftForWhoDoes() {
    Monitor monitor = new Monitor();
    String foreign = "%08d-x-0".formatted(now.getEpochSecond() / 3_600);
    long unused = store.documents().put("metric_news", foreign, new byte[] {9, 9});
    pass(Duration.ofHours(3));
    tick(monitor);
    assertThat(store.documents().all("metric_news"))
        .extracting(Document::id)
        .containsExactly(foreign);

    pass(Duration.ofHours(26));
    tick(monitor);
    assertThat(store.documents().all("metric_news")).isEmpty();
  }

  private Instant now() {
    return now;
  }

  private void tick(Monitor... monitors) {
    for (Monitor monitor : monitors) {
      pass(TICK);
      monitor.tick();
    }
  }

  private void pass(Duration time) {
    now = now.plus(time);
  }

  /** What one process knows. */
  private final class Monitor {
    private final MetricWindows windows =
        new MetricWindows(
            MetricCatalogue.kept(new KeptDocuments<>(documents, "metric", new MetricCodec())),
            new WindowLayout(
                Duration.ofMinutes(1),
                Duration.ofHours(1),
                Duration.ofMinutes(15),
                Duration.ofHours(24)));
    private final MetricExchange exchange =
        new MetricExchange("monitor-" + hashCode(), windows, documents, true);

    Monitor() {
      exchange.restore(now);
    }

    void add(String metric, StageSample.Value value, Who who) {
      windows.add(new StageSample(metric, now, who, value), "asr-0", now);
    }

    void tick() {
      exchange.tick(now);
    }

    double errors(Who who) {
      return windows.history(ERRORS, who, day(), now).values().stream()
          .mapToDouble(Aggregate::sum)
          .sum();
    }

    List<Aggregate> history(String metric) {
      return List.copyOf(windows.history(metric, Who.ALL, day(), now).values());
    }

    private TimeSpan day() {
      return new TimeSpan(now.minus(Duration.ofHours(24)), now.plusSeconds(60));
    }
  }
}
