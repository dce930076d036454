// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import halfsecond.common.error.Reason;
import halfsecond.common.error.SpeechException;
import halfsecond.monitor.catalogue.Metric.Direction;
import halfsecond.monitor.catalogue.Metric.Kind;
import halfsecond.monitor.catalogue.Metric.Source;
import halfsecond.monitor.record.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MetricCatalogueTest {
  private final MetricCatalogue catalogue = MetricCatalogue.builtIn();

  @Test
  void namesBeginWithTheirStageAndAreListedInOrder() {
    List<Metric> all = catalogue.all();

    assertThat(all).extracting(Metric::name).isSorted().doesNotHaveDuplicates();
    assertThat(all)
        .allSatisfy(
            metric -> {
              assertThat(metric.name()).startsWith(UtteranceMetrics.prefix(metric.stage()));
              assertThat(metric.builtIn()).isTrue();
            });
  }

  /** One row each, with the unit and the kind. */
  @Test
  void everyMetricIsDocumented() throws IOException {
    List<String> page = Files.readAllLines(Path.of("..", "docs", "monitoring.md"));

    for (Metric metric : catalogue.all()) {
      assertThat(page)
          .as(metric.name())
          .filteredOn(line -> line.startsWith("| `" + rowOf(metric) + "` |"))
          .hasSize(1);
    }
  }

  @Test
  void whatIsDeclaredIsFound() {
    catalogue.declare(declared("search.click_through", Kind.PROPORTION, "1", "before"));

    assertThat(catalogue.find("search.click_through").test()).isEqualTo(TestKind.TWO_PROPORTIONS);
    assertThat(catalogue.all()).hasSize(MetricCatalogue.builtIn().all().size() + 1);
  }

  @Test
  void aDeclarationMayChangeItsWords() {
    catalogue.declare(declared("search.clicks", Kind.COUNTER, "{click}", "before"));
    catalogue.declare(declared("search.clicks", Kind.COUNTER, "{click}", "after"));

    assertThat(catalogue.find("search.clicks").description()).isEqualTo("after");
  }

  @Test
  void aDeclarationMayNotChangeWhatItsSamplesMean() {
    catalogue.declare(declared("search.clicks", Kind.COUNTER, "{click}", "before"));

    assertRefused(
        Reason.STATE_CONFLICT,
        () -> catalogue.declare(declared("search.clicks", Kind.GAUGE, "{click}", "after")));
    assertRefused(
        Reason.STATE_CONFLICT,
        () -> catalogue.declare(declared("search.clicks", Kind.COUNTER, "1", "after")));
    assertThat(catalogue.find("search.clicks").description()).isEqualTo("before");
  }

  @Test
  void whatIsBuiltInStaysAsItIs() {
    assertRefused(
        Reason.STATE_CONFLICT,
        () -> catalogue.declare(declared("asr.cpu", Kind.GAUGE, "{cpu}", "mine")));
    assertRefused(
        Reason.STATE_CONFLICT,
        () -> catalogue.declare(declared("asr.confidence", Kind.DISTRIBUTION, "1", "mine")));
  }

  @Test
  void thereIsRoomForSoManyOnly() {
    IntStream.range(0, 200)
        .forEach(i -> catalogue.declare(declared("test.m" + i, Kind.GAUGE, "1", "one of many")));

    assertRefused(
        Reason.SATURATED,
        () -> catalogue.declare(declared("test.more", Kind.GAUGE, "1", "one too many")));
    catalogue.declare(declared("test.m7", Kind.GAUGE, "1", "known already"));
  }

  @Test
  void whatNobodyDeclaredIsNotFound() {
    assertRefused(Reason.NOT_FOUND, () -> catalogue.find("asr.mood"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ab", "Asr.x", "1sr.x", "asr-x", "asr x"})
  void refusesNamesThatAreNone(String name) {
    assertRefused(Reason.FIELD_INVALID, () -> declared(name, Kind.GAUGE, "1", "a metric"));
  }

  @Test
  void refusesADeclarationWithoutUnitOrWords() {
    assertRefused(Reason.FIELD_INVALID, () -> declared("test.m", Kind.GAUGE, "", "a metric"));
    assertRefused(
        Reason.FIELD_INVALID, () -> declared("test.m", Kind.GAUGE, "x".repeat(31), "a metric"));
    assertRefused(Reason.FIELD_INVALID, () -> declared("test.m", Kind.GAUGE, "1", ""));
    assertRefused(Reason.FIELD_INVALID, () -> declared("test.m", Kind.GAUGE, "1", "x".repeat(501)));
  }

  private static String rowOf(Metric metric) {
    boolean ofEvery =
        metric.source() == Source.SERVICES
            && List.of("cpu", "memory", "open_streams", "errors", "refused")
                .contains(metric.name().substring(metric.name().indexOf('.') + 1));
    return ofEvery
        ? "<stage>" + metric.name().substring(metric.name().indexOf('.'))
        : metric.name();
  }

  private static Metric declared(String name, Kind kind, String unit, String description) {
    return new Metric(
        name, Stage.PIPELINE, kind, unit, Direction.TWO_SIDED, description, Source.DECLARED);
  }

  private static void assertRefused(Reason reason, ThrowingCallable call) {
    assertThatExceptionOfType(SpeechException.class)
        .isThrownBy(call)
        .satisfies(e -> assertThat(e.reason()).isEqualTo(reason));
  }
}
