// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.judge;

import static org.assertj.core.api.Assertions.assertThat;

import halfsecond.monitor.judge.Alarm.Kind;
import halfsecond.monitor.judge.Scoreboard.Quiet;
import halfsecond.monitor.record.UtteranceRecord;
import halfsecond.monitor.window.CohortKey;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Two weeks of 20,000 utterances a day: a week in which nothing happens but days and nights, and a
 * week with something planted on each day. Beside the judge, what fixed thresholds make of it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class FourteenDaysIT {
  /** The last seed from 1 on, or a range such as {@code 16-25}. */
  private static final String SEEDS = System.getProperty("weeks.seeds", "2");

  private static final Instant ORDINARY = Planted.HANGOVER_CUT_IN_A_COHORT.from();
  private static final String JUDGE = "judge";

  private final Scoreboard board = new Scoreboard();

  /** One run. */
  private static final class Weeks {
    private final Judge judge = new Judge(Watchlist.builtIn(), Pace.CONSUMER, 64);
    private final FixedThresholds fixed = new FixedThresholds(Watchlist.builtIn());
    private final Map<Planted, List<Instant>> affected = new EnumMap<>(Planted.class);
    private final Map<String, Alarm> suspicions = new LinkedHashMap<>();

    Weeks(long seed) {
      new SimulatedTraffic(seed).run(Planted.DAYS, Planted::at, this::take);
    }

    private void take(UtteranceRecord utterance) {
      judge.add(utterance);
      judge.takeChanges().forEach(alarm -> suspicions.put(alarm.id(), alarm));
      fixed.add(utterance);
      Instant at = utterance.origin().eventTime();
      for (Planted planted : Planted.values()) {
        if (planted.touches(utterance)) {
          affected.computeIfAbsent(planted, it -> new ArrayList<>()).add(at);
        }
      }
    }

    List<Alarm> onOrdinaryDays() {
      return judge.alarms().stream().filter(alarm -> fired(alarm).isBefore(ORDINARY)).toList();
    }

    /** What was suspected then and has never fired. */
    List<Alarm> suspectedOnOrdinaryDays() {
      return suspicions.values().stream()
          .filter(alarm -> alarm.fired().isEmpty() && alarm.suspected().isBefore(ORDINARY))
          .toList();
    }

    List<Alarm> during(Planted planted) {
      return judge.alarms().stream()
          .filter(
              alarm ->
                  !fired(alarm).isBefore(planted.from()) && fired(alarm).isBefore(planted.end()))
          .toList();
    }

    /** Utterances that the change had touched at that time. */
    long delay(Planted planted, Instant found) {
      return affected.getOrDefault(planted, List.of()).stream()
          .filter(at -> !at.isAfter(found))
          .count();
    }
  }

  static LongStream seeds() {
    String[] ends = SEEDS.split("-", 2);
    long last = Long.parseLong(ends[ends.length - 1]);
    return LongStream.rangeClosed(ends.length == 1 ? 1 : Long.parseLong(ends[0]), last);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void findsWhatWasPlantedWhereItIsAndHardlyAnythingElse(long seed) {
    Weeks weeks = new Weeks(seed);
    for (Planted planted : Planted.values()) {
      beside(seed, weeks, planted);
      report(seed, weeks, planted);
    }
    ordinary(seed, weeks);
    for (Planted planted : Planted.values()) {
      check(weeks, planted);
    }
  }

  @AfterAll
  void publish() throws IOException {
    board.publish();
  }

  private void ordinary(long seed, Weeks weeks) {
    List<Alarm> alarms = weeks.onOrdinaryDays();
    long inNights = alarms.stream().filter(alarm -> SimulatedTraffic.night(fired(alarm))).count();
    for (FixedThresholds.Rule rule : FixedThresholds.Rule.values()) {
      Quiet quiet = Quiet.of(weeks.fixed.alerts(rule), ORDINARY);
      board.ordinary(seed, rule.toString(), quiet);
      assertThat(quiet.alarms()).as("%s", rule).isGreaterThan(alarms.size());
    }
    board.ordinary(seed, JUDGE, quiet(alarms, inNights));
    List<Alarm> suspected = weeks.suspectedOnOrdinaryDays();
    board.ordinary(
        seed,
        "judge, only suspected",
        new Quiet(
            0,
            0,
            0,
            suspected.size(),
            suspected.stream().filter(it -> SimulatedTraffic.night(it.suspected())).count()));
    assertThat(suspected).as("suspicions that came to nothing").hasSizeLessThanOrEqualTo(10);
    assertThat(alarms)
        .as("%s", alarms.stream().map(Wording::title).toList())
        .hasSizeLessThanOrEqualTo(1);
    assertThat(inNights).as("alarms in nights").isZero();
  }

  private static Quiet quiet(List<Alarm> alarms, long inNights) {
    return new Quiet(
        hours(alarms, alarm -> true),
        hours(alarms, alarm -> ofCohort(alarm).isEmpty()),
        hours(alarms, alarm -> ofCohort(alarm).isPresent()),
        alarms.size(),
        inNights);
  }

  private static Optional<CohortKey> ofCohort(Alarm alarm) {
    return alarm.cause().map(it -> it.series().cohort());
  }

  /** Those in which an alarm was firing. */
  private static long hours(List<Alarm> alarms, Predicate<Alarm> which) {
    Set<Instant> hours = new HashSet<>();
    for (Alarm alarm : alarms.stream().filter(which).toList()) {
      Instant end = alarm.resolved().filter(ORDINARY::isAfter).orElse(ORDINARY);
      Instant hour = fired(alarm).truncatedTo(ChronoUnit.HOURS);
      for (; hour.isBefore(end); hour = hour.plus(Duration.ofHours(1))) {
        hours.add(hour);
      }
    }
    return hours.size();
  }

  private void beside(long seed, Weeks weeks, Planted planted) {
    for (FixedThresholds.Rule rule : FixedThresholds.Rule.values()) {
      List<FixedThresholds.Alert> alerts = weeks.fixed.alerts(rule);
      Instant found = Scoreboard.found(alerts, planted);
      Long delay = found == null ? null : Long.valueOf(weeks.delay(planted, found));
      long others = Scoreboard.others(alerts, planted, found == null ? planted.end() : found);
      board.planted(seed, planted, rule.toString(), delay, others, "");
    }
  }

  /** The other alarms of the judge are all that it raised besides the first. */
  private void report(long seed, Weeks weeks, Planted planted) {
    List<Alarm> alarms = weeks.during(planted);
    Long delay = alarms.isEmpty() ? null : Long.valueOf(weeks.delay(planted, fired(alarms.get(0))));
    board.judged(
        planted,
        delay,
        !alarms.isEmpty() && namesStage(planted, alarms.get(0)),
        !alarms.isEmpty() && namesWhom(planted, alarms.get(0)),
        alarms.size());
    board.planted(
        seed,
        planted,
        JUDGE,
        delay,
        Math.max(0, alarms.size() - 1),
        alarms.stream().map(Wording::title).collect(Collectors.joining("; ")));
  }

  private static Instant fired(Alarm alarm) {
    return alarm.fired().orElseThrow();
  }

  private static void check(Weeks weeks, Planted planted) {
    List<Alarm> alarms = weeks.during(planted);
    assertThat(alarms)
        .as("%s: %s", planted, alarms.stream().map(Wording::title).toList())
        .hasSize(1);
    Alarm alarm = alarms.get(0);
    assertThat(namesStage(planted, alarm)).as("stage of %s: %s", planted, alarm).isTrue();
    assertThat(namesWhom(planted, alarm)).as("whom %s concerns: %s", planted, alarm).isTrue();
    assertThat(weeks.delay(planted, fired(alarm)))
        .as("delay of %s", planted)
        .isLessThanOrEqualTo(planted.longest());
  }

  private static boolean namesStage(Planted planted, Alarm alarm) {
    Kind kind = planted == Planted.TRAFFIC_SPIKE ? Kind.LOAD : Kind.QUALITY;
    return alarm.kind() == kind && alarm.stage() == planted.stage();
  }

  /** And what of theirs; load is everybody's. */
  private static boolean namesWhom(Planted planted, Alarm alarm) {
    return planted == Planted.TRAFFIC_SPIKE
        || alarm
            .cause()
            .map(Alarm.Evidence::series)
            .filter(it -> planted.metrics().contains(it.watched().metric()))
            .filter(it -> Objects.equals(it.cohort(), planted.cohort()))
            .isPresent();
  }
}
