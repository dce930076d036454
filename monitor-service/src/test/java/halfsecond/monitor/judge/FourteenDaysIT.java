// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.judge;

import static org.assertj.core.api.Assertions.assertThat;

import halfsecond.monitor.judge.Alarm.Kind;
import halfsecond.monitor.record.UtteranceRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Two weeks of 20,000 utterances a day: a week in which nothing happens but days and nights, and a
 * week with something planted on each day.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class FourteenDaysIT {
  private static final long SEEDS = Long.getLong("weeks.seeds", 2);

  private final StringBuilder table = new StringBuilder("seed  planted  delay\n");

  /** One run. */
  private static final class Weeks {
    private final Judge judge = new Judge(Watchlist.builtIn(), Pace.CONSUMER, 64);
    private final Map<Planted, List<Instant>> affected = new EnumMap<>(Planted.class);

    Weeks(long seed) {
      new SimulatedTraffic(seed).run(Planted.DAYS, Planted::at, this::take);
    }

    private void take(UtteranceRecord utterance) {
      judge.add(utterance);
      Instant at = utterance.origin().eventTime();
      for (Planted planted : Planted.values()) {
        if (planted.touches(utterance)) {
          affected.computeIfAbsent(planted, it -> new ArrayList<>()).add(at);
        }
      }
    }

    List<Alarm> during(Planted planted) {
      return judge.alarms().stream()
          .filter(
              alarm ->
                  !alarm.fired().isBefore(planted.from()) && alarm.fired().isBefore(planted.end()))
          .toList();
    }

    /** Utterances that the change had touched when the alarm fired. */
    long delay(Planted planted, Alarm alarm) {
      return affected.getOrDefault(planted, List.of()).stream()
          .filter(at -> !at.isAfter(alarm.fired()))
          .count();
    }
  }

  @Test
  void findsWhatWasPlantedWhereItIsAndHardlyAnythingElse() {
    for (long seed = 1; seed <= SEEDS; seed++) {
      Weeks weeks = new Weeks(seed);
      Instant ordinary = Planted.HANGOVER_CUT_IN_A_COHORT.from();
      List<String> falseAlarms =
          weeks.judge.alarms().stream()
              .filter(alarm -> alarm.fired().isBefore(ordinary))
              .map(Wording::title)
              .toList();
      assertThat(falseAlarms).as("seed %s", seed).hasSizeLessThanOrEqualTo(1);
      for (Planted planted : Planted.values()) {
        check(seed, weeks, planted);
      }
      line("%4d  ordinary week: %d alarms", seed, falseAlarms.size());
    }
  }

  @AfterAll
  void print() {
    System.out.print(table);
  }

  private void check(long seed, Weeks weeks, Planted planted) {
    List<Alarm> alarms = weeks.during(planted);
    assertThat(alarms)
        .as("seed %s, %s: %s", seed, planted, alarms.stream().map(Wording::title).toList())
        .hasSize(1);
    Alarm alarm = alarms.get(0);
    long delay = weeks.delay(planted, alarm);
    line("%4d  %-28s %5d  %s", seed, planted, delay, Wording.title(alarm));
    if (planted == Planted.TRAFFIC_SPIKE) {
      assertThat(alarm.kind()).isEqualTo(Kind.LOAD);
      return;
    }
    assertThat(alarm.kind()).isEqualTo(Kind.QUALITY);
    assertThat(alarm.stage()).as("seed %s, %s", seed, planted).isEqualTo(planted.stage());
    Alarm.Evidence cause = alarm.cause().orElseThrow();
    assertThat(planted.metrics()).contains(cause.series().watched().metric());
    assertThat(cause.series().cohort()).isEqualTo(planted.cohort());
    assertThat(delay).isLessThanOrEqualTo(planted.longest());
  }

  private void line(String format, Object... values) {
    table.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
