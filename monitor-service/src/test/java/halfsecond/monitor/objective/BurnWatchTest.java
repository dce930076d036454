// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import halfsecond.monitor.objective.ObjectiveChange.Burn;
import halfsecond.monitor.record.Stage;
import halfsecond.monitor.statistics.BurnRate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A hundred events a minute, unless a test says otherwise; 99 % are to be good. */
final class BurnWatchTest {
  private static final int EACH = 100;
  private static final long START = 29_000_000;
  private static final int THREE_DAYS = 3 * 24 * 60;

  private final BurnWatch watch = new BurnWatch(Objective.LATENCY, 0.99, ObjectiveSettings.DEFAULT);
  private final List<ObjectiveChange> changes = new ArrayList<>();
  private long minute = START;

  /**
   * Time until it fires: factor x window x allowed share / share that fails; of the two tickets
   * both at once (window 0).
   */
  @ParameterizedTest(name = "{0} of a hundred fail: {1} after {2} min")
  @CsvSource({
    "100, PAGE, 9, 1",
    "50, PAGE, 18, 1",
    "20, PAGE, 44, 1",
    "10, PAGE, 216, 6",
    "5, TICKET, 864, 0",
    "2, TICKET, 2160, 72",
  })
  void firesAsSoonAsTheBudgetIsSpentThatFar(int bad, Level level, int after, int window) {
    minutes(THREE_DAYS, 0);

    long began = minute;
    while (changes.stream().noneMatch(change -> change.level() == level)) {
      minutes(1, bad);
    }

    ObjectiveChange change = changes.get(changes.size() - 1);
    assertThat(minute - began).isEqualTo(after);
    assertThat(change.at()).isEqualTo(instant(minute));
    if (window > 0) {
      Burn burn = (Burn) change.evidence();
      assertThat(burn.rule().longWindow()).isEqualTo(Duration.ofHours(window));
    }
    assertThat(changes.get(0).began()).isBetween(instant(began), instant(began + 180));
    assertThat(change.began()).isEqualTo(changes.get(0).began());
  }

  @Test
  void firesNoSoonerWhenItHasJustBegunToWatch() {
    while (watch.level() != Level.PAGE) {
      minutes(1, 20);
    }

    assertThat(minute - START).isEqualTo(44);
    assertThat(((Burn) last().evidence()).covered()).isCloseTo(44 / 60.0, within(1e-9));
  }

  @Test
  void showsTheNumbersItRestsOn() {
    minutes(THREE_DAYS, 0);
    minutes(9, EACH);

    ObjectiveChange change = last();
    assertThat(change.before()).isEqualTo(Level.SUSPECTED);
    assertThat(change.level()).isEqualTo(Level.PAGE);
    assertThat(change.objective()).isEqualTo(Objective.LATENCY);
    assertThat(change.began()).isEqualTo(instant(minute - 9));
    Burn burn = (Burn) change.evidence();
    assertThat(burn.inLong().events()).isEqualTo(900);
    assertThat(burn.inLong().trials()).isEqualTo(6_000);
    assertThat(burn.longRate()).isCloseTo(15, within(1e-9));
    assertThat(burn.shortRate()).isCloseTo(100, within(1e-9));
    assertThat(burn.stage()).isEqualTo(Stage.ASR);
    // 900 bad of 432,900 in three days and an hour: of thirty days that is 2.1 % of the budget.
    assertThat(burn.left()).isCloseTo(1 - 900 / 432_900.0 / 0.01 * 73 / 720, within(1e-9));
  }

  @Test
  void suspectsBeforeItIsSure() {
    minutes(THREE_DAYS, 0);
    minutes(5, EACH);

    assertThat(changes).extracting(ObjectiveChange::level).containsExactly(Level.SUSPECTED);

    minutes(8, 0);
    minutes(1, 0);
    assertThat(changes)
        .extracting(ObjectiveChange::level)
        .containsExactly(Level.SUSPECTED, Level.MET);
  }

  @Test
  void doesNotSuspectWhatIsLeftOfWhatHasFired() {
    minutes(THREE_DAYS, 0);
    minutes(11, EACH);
    minutes(6 * 60, 0);

    assertThat(changes)
        .extracting(ObjectiveChange::level)
        .containsExactly(Level.SUSPECTED, Level.PAGE, Level.MET);
  }

  @Test
  void blamesNoStageThatExplainsLessThanHalf() {
    for (int i = 0; i < 30; i++) {
      watch.add(minute, List.of(Stage.VAD, Stage.ROUTE, Stage.ASR).get(i % 3));
    }
    minutes(1, 0);
    assertThat(watch.burns().get(0).stage()).isEqualTo(Stage.PIPELINE);

    minutes(1, EACH);
    assertThat(watch.burns().get(0).stage()).isEqualTo(Stage.ASR);
    assertThat(watch.burns().get(0).blame().bad()).isEqualTo(110);
  }

  @Test
  void isOverWhenTheShortWindowIsCleanForFiveMinutes() {
    minutes(THREE_DAYS, 0);
    minutes(9, EACH);
    changes.clear();

    minutes(8, 0);
    assertThat(changes).isEmpty();
    minutes(1, 0);

    assertThat(changes)
        .singleElement()
        .satisfies(
            change -> {
              assertThat(change.before()).isEqualTo(Level.PAGE);
              assertThat(change.level()).isEqualTo(Level.MET);
              assertThat(((Burn) change.evidence()).inLong().events()).isGreaterThan(0);
            });
  }

  @Test
  void saysNothingAtOneAndAHalfTimesTheBudgetForADay() {
    minutes(THREE_DAYS, 0);
    for (int i = 0; i < 23 * 60; i++) {
      minutes(1, 1 + i % 2);
    }

    assertThat(changes).isEmpty();
  }

  @Test
  void isOneThingWhileItHoversAboutTheLimit() {
    minutes(THREE_DAYS, 0);
    minutes(60, 15);
    for (int i = 0; i < 20; i++) {
      minutes(4, 10);
      minutes(4, 18);
    }

    assertThat(changes.stream().filter(change -> change.level() == Level.PAGE)).hasSize(1);
    assertThat(watch.level()).isEqualTo(Level.PAGE);
  }

  @Test
  void fallsToATicketBeforeItIsMet() {
    minutes(THREE_DAYS, 0);
    minutes(90, EACH);
    while (watch.level() != Level.MET) {
      minutes(1, 0);
    }

    assertThat(changes)
        .extracting(ObjectiveChange::level)
        .containsExactly(Level.SUSPECTED, Level.PAGE, Level.TICKET, Level.MET);
    assertThat(changes).extracting(ObjectiveChange::began).containsOnly(changes.get(0).began());
  }

  /** With an objective of 99.9 % one failure of 69 burns faster than a page. */
  @Test
  void pagesNobodyForOneFailureInAQuietHour() {
    BurnWatch quiet = availability(10);
    BurnWatch hasty = availability(1);
    boolean paged = false;
    for (int i = 0; i < 60; i++) {
      for (BurnWatch each : List.of(quiet, hasty)) {
        each.add(START + i, i == 58 ? Stage.ASR : null);
        if (i % 7 == 0) {
          each.add(START + i, null);
        }
      }
      assertThat(quiet.end(START + i)).isEmpty();
      paged |= hasty.end(START + i).isPresent();
    }

    assertThat(quiet.burns().get(0).inLong().trials()).isEqualTo(69);
    assertThat(quiet.burns().get(0).longRate()).isCloseTo(1 / 69.0 / 0.001, within(1e-9));
    assertThat(paged).as("if one failure were enough").isTrue();
  }

  @Test
  void callsNobodyInAMonthAtHalfOfTheBudget() {
    for (long seed = 1; seed <= 3; seed++) {
      Random random = new Random(seed);
      for (int i = 0; i < 30 * 24 * 60; i++) {
        int bad = 0;
        int events = 5 + random.nextInt(20);
        for (int event = 0; event < events; event++) {
          bad += random.nextInt(200) == 0 ? 1 : 0;
        }
        minute(events, bad);
      }
    }

    assertThat(changes).isEmpty();
  }

  private static BurnWatch availability(long leastBad) {
    return new BurnWatch(
        Objective.AVAILABILITY,
        0.999,
        new ObjectiveSettings(0.99, 0.999, BurnRate.RULES, leastBad, 0, 0.8));
  }

  private ObjectiveChange last() {
    return changes.get(changes.size() - 1);
  }

  private void minutes(int count, int bad) {
    for (int i = 0; i < count; i++) {
      minute(EACH, bad);
    }
  }

  private void minute(int events, int bad) {
    for (int event = 0; event < events; event++) {
      watch.add(minute, event < bad ? Stage.ASR : null);
    }
    watch.end(minute).ifPresent(changes::add);
    minute++;
  }

  private static Instant instant(long minute) {
    return Instant.ofEpochSecond(minute * 60);
  }
}
