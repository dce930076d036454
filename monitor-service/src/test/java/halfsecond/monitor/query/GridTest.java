// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import halfsecond.common.error.SpeechException;
import halfsecond.monitor.window.TimeSpan;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GridTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:20:30Z");

  @ParameterizedTest(name = "{0} in windows of {1}: {2}")
  @CsvSource({
    "PT10M, PT1M,  PT1M",
    "PT1H,  PT1M,  PT1M",
    "PT6H,  PT1M,  PT2M",
    "PT6H,  PT15M, PT15M",
    "PT24H, PT15M, PT15M",
    "PT48H, PT1H,  PT1H",
    "P7D,   PT1H,  PT1H",
    "P15D,  PT1H,  PT2H",
    "P365D, PT1H,  P7D"
  })
  void choosesAboutTwoHundredStepsOfWholeWindows(Duration length, Duration window, Duration step) {
    Grid grid = Grid.of(before(length), null, window);

    assertThat(grid.step()).isEqualTo(step);
  }

  @Test
  void takesTheStepAskedForInWholeWindows() {
    assertThat(Grid.of(before(Duration.ofHours(1)), Duration.ofMinutes(7), Duration.ofMinutes(1)))
        .extracting(Grid::step)
        .isEqualTo(Duration.ofMinutes(7));
    assertThat(Grid.of(before(Duration.ofHours(1)), Duration.ofMinutes(7), Duration.ofMinutes(15)))
        .extracting(Grid::step)
        .isEqualTo(Duration.ofMinutes(15));
  }

  @Test
  void widensTheSpanToWholeSteps() {
    Grid grid = Grid.of(before(Duration.ofHours(2)), Duration.ofHours(1), Duration.ofMinutes(1));

    assertThat(grid.span())
        .isEqualTo(
            new TimeSpan(
                Instant.parse("2026-11-22T10:00:00Z"), Instant.parse("2026-11-22T13:00:00Z")));
    assertThat(grid.stepAt(NOW).start()).isEqualTo("2026-11-22T12:00:00Z");
  }

  @ParameterizedTest(name = "{0} in steps of {1}: {2}")
  @CsvSource(
      nullValues = "none",
      value = {
        "PT1H,    PT30S,   step",
        "PT1H,    PT90S,   step",
        "PT1H,    PT0S,    step",
        "PT1H,    P8D,     step",
        "P2D,     PT1M,    step",
        "P20000D, none,    range"
      })
  void refusesStepsOutOfTheirLimits(Duration length, @Nullable Duration step, String field) {
    assertThatExceptionOfType(SpeechException.class)
        .isThrownBy(() -> Grid.of(before(length), step, Duration.ofMinutes(1)))
        .satisfies(e -> assertThat(e.metadata()).containsEntry("field", field));
  }

  private static TimeSpan before(Duration length) {
    return new TimeSpan(NOW.minus(length), NOW);
  }
}
