// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.backend;

import static org.assertj.core.api.Assertions.assertThat;

import halfsecond.router.backend.Stand.Stream;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who takes the next stream. */
final class FleetTest {
  @Test
  void takesTheLeastLoaded() {
    Stand stand = new Stand(3);
    stand.replica(0).reported(Stand.load(1.0));
    stand.replica(1).reported(Stand.load(0.2));
    stand.replica(2).reported(Stand.load(0.5));

    assertThat(stand.choose()).contains("backend-1");
  }

  @Test
  void countsWhatItHasOpenedSinceTheLastReport() {
    Stand stand = new Stand(2);
    stand.replica(0).reported(Stand.load(0.2));
    stand.replica(1).reported(Stand.load(0.3));

    PendingCosts.Entry entry = stand.replica(0).opened(new Stream(), 0.2);
    assertThat(stand.choose()).contains("backend-1");

    stand.pass(100);
    stand.replica(0).reported(Stand.load(0.2));
    assertThat(stand.choose()).as("the report has it").contains("backend-0");
    entry.remove();
    assertThat(stand.replica(0).utilization()).isEqualTo(0.1);
  }

  @Test
  void takesTheOneWithFewerStreamsAmongEquals() {
    Stand stand = new Stand(2);
    Stream stream = new Stream();
    PendingCosts.Entry entry = stand.replica(0).opened(stream, 0);

    assertThat(stand.choose()).contains("backend-1");

    stand.replica(0).closed(stream, entry);
    stand.replica(0).closed(stream, entry);
    assertThat(stand.replica(0).open()).isZero();
    assertThat(stand.choose()).contains("backend-1");
  }

  @Test
  void takesOnlyWhoHasTheVersion() {
    Stand stand = new Stand(2);
    stand.replica(0).versions(Set.of("de@1"));
    assertThat(stand.choose()).contains("backend-1");

    stand.replica(1).versions(Set.of());
    assertThat(stand.choose()).isEmpty();
  }

  @Test
  void takesOneToAvoidOnlyWhenThereIsNoOther() {
    Stand stand = new Stand(2);
    stand.replica(0).reported(Stand.load(1.5));
    assertThat(stand.choose("backend-1")).contains("backend-0");
    assertThat(stand.choose("backend-0", "backend-1")).contains("backend-1");

    stand.fleet.eject(stand.replica(0), EjectionCause.SLOW);
    assertThat(stand.choose("backend-1")).as("left out, but not to avoid").contains("backend-0");
  }

  @Test
  void forgetsWhoHasNotReportedForAWhileAndTakesItBack() {
    Stand stand = new Stand(2);
    stand.pass(1_300);
    stand.replica(1).reported(Stand.load(1));
    assertThat(stand.replica(0).ready()).isTrue();

    stand.pass(1);
    assertThat(stand.choose()).contains("backend-1");

    stand.replica(0).reported(Stand.load(0));
    assertThat(stand.choose()).contains("backend-0");
  }

  @Test
  void takesNobodyWhoIsLostUntilASignOfLife() {
    Stand stand = new Stand(1);
    stand.replica(0).lost();
    assertThat(stand.choose()).isEmpty();

    stand.replica(0).alive();
    assertThat(stand.choose()).contains("backend-0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"draining", "refusing", "not serving", "retired"})
  void takesNobodyWhoDrains(String how) {
    Stand stand = new Stand(2);
    Replica leaving = stand.replica(0);
    switch (how) {
      case "draining" -> leaving.reported(new LoadReport(0, 2, Duration.ZERO, true));
      case "refusing" -> leaving.refusing();
      case "not serving" -> leaving.serving(false);
      default -> leaving.retire();
    }
    stand.replica(1).reported(Stand.load(2));

    assertThat(stand.choose()).contains("backend-1");
    assertThat(stand.choose("backend-1")).contains("backend-1");
  }

  @Test
  void believesARefusalUntilTheNextReport() {
    Stand stand = new Stand(1);
    stand.replica(0).refusing();
    assertThat(stand.choose()).isEmpty();

    assertThat(stand.report().choose()).contains("backend-0");
  }

  @Test
  void givesAChanceToWhomItHasNeverHeardOf() {
    Stand stand = new Stand(1);
    Replica fresh =
        new Replica(
            "new",
            stand.ticker,
            Duration.ofSeconds(1),
            Duration.ofSeconds(5),
            Duration.ofSeconds(30));
    stand.fleet.add(new Stand.Post(fresh));
    fresh.versions(Set.of(Stand.VERSION));
    assertThat(stand.choose()).contains("backend-0");

    stand.replica(0).lost();
    assertThat(stand.choose()).contains("new");
  }

  @Test
  void leavesOutForLongerEachTimeUpToALimitAndStartsAnewAfterGoodConduct() {
    Stand stand = new Stand(2);
    Replica bad = stand.replica(0);
    for (long seconds : List.of(5L, 10L, 20L, 30L, 30L)) {
      assertThat(stand.fleet.eject(bad, EjectionCause.HUNG)).isTrue();
      assertThat(stand.fleet.eject(bad, EjectionCause.HUNG)).as("while it is out").isFalse();
      stand.pass(seconds * 1_000 - 1).report();
      assertThat(stand.choose()).contains("backend-1");
      stand.pass(1).report();
      stand.replica(1).reported(Stand.load(1));
      assertThat(stand.choose()).contains("backend-0");
    }

    stand.pass(30_001).report();
    assertThat(stand.fleet.eject(bad, EjectionCause.HUNG)).isTrue();
    stand.pass(5_000).report();
    assertThat(bad.ejected()).isFalse();
  }

  @Test
  void neverLeavesOutTheLastOneThatIsReady() {
    Stand stand = new Stand(2);
    assertThat(stand.fleet.eject(stand.replica(0), EjectionCause.HUNG)).isTrue();
    assertThat(stand.fleet.eject(stand.replica(1), EjectionCause.HUNG)).isFalse();

    stand.replica(1).lost();
    assertThat(stand.choose()).as("left out, but the only one").contains("backend-0");
  }

  @Test
  void leavesOutWhoFailsThreeTimesInARow() {
    Stand stand = new Stand(2);
    Replica bad = stand.replica(0);
    stand.fleet.failed(bad);
    stand.fleet.failed(bad);
    bad.answered(1_000_000);
    stand.fleet.failed(bad);
    stand.fleet.failed(bad);
    assertThat(bad.ejected()).isFalse();

    stand.fleet.failed(bad);
    assertThat(bad.ejected()).isTrue();
  }

  @Test
  void sumsUpWhoIsInUse() {
    Stand stand = new Stand(3);
    stand.pass(10);
    stand.replica(1).reported(new LoadReport(0.5, 2, Duration.ofMillis(300), false));
    stand.replica(1).reported(new LoadReport(0.5, 2, Duration.ofMillis(700), false));
    stand.replica(2).reported(Stand.load(2));
    stand.fleet.eject(stand.replica(2), EjectionCause.SLOW);

    Capacity capacity = stand.fleet.capacity();

    assertThat(capacity.cores()).isEqualTo(4);
    assertThat(capacity.coresUsed()).isEqualTo(0.5);
    assertThat(capacity.backlog()).as("smaller one of two").isEqualTo(Duration.ofMillis(300));
    assertThat(stand.ticker.nanos() - capacity.reportedNanos()).isEqualTo(10_000_000);
  }

  @Test
  void countsWhoIsReadyAndWhoWasLeftOut() {
    InMemoryMetricReader reader = InMemoryMetricReader.create();
    try (SdkMeterProvider provider =
        SdkMeterProvider.builder().registerMetricReader(reader).build()) {
      var meter = provider.get("test");
      Stand stand = new Stand(3, meter);
      AutoCloseable unused = new BackendMetrics(meter).expose(List.of(stand.fleet));
      stand.fleet.eject(stand.replica(0), EjectionCause.HUNG);
      stand.replica(1).lost();

      var metrics = reader.collectAllMetrics();

      assertThat(metrics)
          .filteredOn(metric -> metric.getName().equals(BackendMetrics.READY))
          .flatExtracting(metric -> metric.getLongGaugeData().getPoints())
          .singleElement()
          .satisfies(point -> assertThat(point.getValue()).isEqualTo(1));
      assertThat(metrics)
          .filteredOn(metric -> metric.getName().equals(BackendMetrics.EJECTIONS))
          .flatExtracting((MetricData metric) -> metric.getLongSumData().getPoints())
          .filteredOn(point -> point.getValue() > 0)
          .singleElement()
          .satisfies(
              point -> {
                assertThat(point.getValue()).isEqualTo(1);
                assertThat(point.getAttributes())
                    .isEqualTo(
                        Attributes.of(
                            AttributeKey.stringKey("service"),
                            "asr",
                            AttributeKey.stringKey("cause"),
                            "hung"));
              });
    }
  }
}
