// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import halfsecond.common.error.SpeechException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WindowLayoutTest {
  private static final WindowLayout LAYOUT =
      new WindowLayout(
          Duration.ofMinutes(1), Duration.ofHours(1), Duration.ofMinutes(15), Duration.ofHours(24));
  private static final WindowLayout THREE =
      new WindowLayout(
          List.of(
              new WindowLayout.Level(Duration.ofMinutes(1), Duration.ofHours(1)),
              new WindowLayout.Level(Duration.ofMinutes(15), Duration.ofHours(24)),
              new WindowLayout.Level(Duration.ofHours(1), Duration.ofDays(15))));
  private static final Instant NOW = Instant.parse("2026-11-22T12:20:30Z");
  private static final WindowLayout.Edges EDGES = LAYOUT.edgesAt(NOW);

  @Test
  void edgesLieOnCoarseWindows() {
    assertThat(Instant.ofEpochSecond(EDGES.coarseBefore())).isEqualTo("2026-11-22T11:15:00Z");
    assertThat(Instant.ofEpochSecond(EDGES.keptFrom())).isEqualTo("2026-11-21T12:15:00Z");
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-22T12:20:29.9Z, 2026-11-22T12:20:00Z",
    "2026-11-22T11:15:00Z,   2026-11-22T11:15:00Z",
    "2026-11-22T11:14:59Z,   2026-11-22T11:00:00Z",
    "2026-11-21T23:59:59Z,   2026-11-21T23:45:00Z"
  })
  void oldTimesBelongToCoarseWindows(Instant time, Instant window) {
    assertThat(Instant.ofEpochSecond(LAYOUT.windowOf(time, EDGES))).isEqualTo(window);
  }

  @ParameterizedTest(name = "{0} to {1}")
  @CsvSource({
    // fine at both ends
    "2026-11-22T12:00:10Z, 2026-11-22T12:10:10Z, 2026-11-22T12:00:00Z, 2026-11-22T12:11:00Z",
    // already whole
    "2026-11-22T12:00:00Z, 2026-11-22T12:10:00Z, 2026-11-22T12:00:00Z, 2026-11-22T12:10:00Z",
    // coarse at both ends
    "2026-11-22T09:01:00Z, 2026-11-22T09:31:00Z, 2026-11-22T09:00:00Z, 2026-11-22T09:45:00Z",
    // coarse, then fine
    "2026-11-22T11:01:00Z, 2026-11-22T11:20:30Z, 2026-11-22T11:00:00Z, 2026-11-22T11:21:00Z",
    // more than is kept
    "2026-11-01T00:00:00Z, 2026-11-23T00:00:00Z, 2026-11-21T12:15:00Z, 2026-11-22T12:26:00Z",
    // nothing that is kept
    "2026-11-01T00:00:00Z, 2026-11-02T00:00:00Z, 2026-11-21T12:15:00Z, 2026-11-21T12:15:00Z"
  })
  void coversWholeWindowsOfWhatIsKept(Instant start, Instant end, Instant from, Instant to) {
    assertThat(LAYOUT.covered(new TimeSpan(start, end), EDGES, NOW))
        .isEqualTo(new TimeSpan(from, to));
  }

  @ParameterizedTest
  @CsvSource({"2026-11-21T12:15:00Z", "2026-11-22T12:20:30Z", "2026-11-22T12:25:30Z"})
  void takesTimesThatAreKeptAndALittleAhead(Instant time) {
    LAYOUT.check("event_time", time, EDGES, NOW);
  }

  @ParameterizedTest
  @CsvSource({"2026-11-21T12:14:59Z", "2026-11-22T12:25:31Z", "1970-01-01T00:00:00Z"})
  void refusesTimesThatAreNotKeptOrFarAhead(Instant time) {
    assertThatExceptionOfType(SpeechException.class)
        .isThrownBy(() -> LAYOUT.check("event_time", time, EDGES, NOW))
        .satisfies(e -> assertThat(e.metadata()).containsEntry("field", "event_time"));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-22T12:20:29Z, 2026-11-22T12:20:00Z",
    "2026-11-22T11:14:59Z, 2026-11-22T11:00:00Z",
    "2026-11-21T12:16:00Z, 2026-11-21T12:15:00Z",
    "2026-11-21T11:59:59Z, 2026-11-21T11:00:00Z",
    "2026-11-08T13:20:00Z, 2026-11-08T13:00:00Z"
  })
  void threeLevelsFollowEachOther(Instant time, Instant window) {
    WindowLayout.Edges edges = THREE.edgesAt(NOW);

    assertThat(Instant.ofEpochSecond(THREE.windowOf(time, edges))).isEqualTo(window);
    THREE.check("event_time", time, edges, NOW);
  }

  @Test
  void eachEdgeLiesOnAWindowOfTheNextLevel() {
    WindowLayout.Edges edges = THREE.edgesAt(NOW);

    assertThat(edges.from())
        .extracting(Instant::ofEpochSecond)
        .containsExactly(
            Instant.parse("2026-11-22T11:15:00Z"),
            Instant.parse("2026-11-21T12:00:00Z"),
            Instant.parse("2026-11-07T12:00:00Z"));
    assertThat(THREE.mostWindows()).isBetween(75 + 92 + 336L, 75 + 100 + 350L);
  }

  @ParameterizedTest(name = "fine {0} kept {1}, coarse {2}, kept {3}")
  @CsvSource({
    "PT0.5S, PT1H, PT15M, PT24H",
    "PT7M, PT1H, PT15M, PT24H",
    "PT15M, PT1H, PT5M, PT24H",
    "PT1M, PT5M, PT15M, PT24H",
    "PT1M, PT1H, PT15M, PT1H"
  })
  void refusesWidthsThatDoNotFit(Duration fine, Duration fineKept, Duration coarse, Duration kept) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new WindowLayout(fine, fineKept, coarse, kept));
  }
}
