// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import halfsecond.common.error.Reason;
import halfsecond.monitor.catalogue.BudgetShares;
import halfsecond.monitor.objective.ObjectiveChange.Rate;
import halfsecond.monitor.record.Stage;
import halfsecond.monitor.record.UtteranceRecord;
import halfsecond.monitor.statistics.BurnRate;
import halfsecond.monitor.statistics.Proportion;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Sixty utterances a minute from midnight on, unless a test says otherwise. */
final class ObjectiveWatchTest {
  private static final Instant START = Instant.parse("2026-03-02T00:00:00Z");

  private final List<ObjectiveChange> changes = new ArrayList<>();
  private ObjectiveWatch watch = watch(0);
  private Instant now = START;

  @Test
  void countsWhatIsLateAndWhatIsCutAgainstLatency() {
    add(Spoken.live(now).answered(300));
    add(Spoken.live(now).answered(501));
    add(Spoken.live(now).cut());
    add(Spoken.live(now).whole());
    add(Spoken.live(now).rejected(Reason.SATURATED));
    add(Spoken.batch(now).answered(5_000));
    add(Spoken.shadow(now).answered(5_000));
    pass(Duration.ofMinutes(1));

    assertThat(watch.burns(Objective.LATENCY))
        .hasSize(4)
        .allSatisfy(burn -> assertThat(burn.inLong()).isEqualTo(new Proportion(2, 3)));
  }

  @Test
  void countsRefusalsThatAreOursAgainstAvailability() {
    add(Spoken.live(now).answered(300));
    add(Spoken.live(now).answered(900));
    add(Spoken.live(now).rejected(Reason.SATURATED));
    add(Spoken.live(now).rejected(Reason.REPLAY_EXHAUSTED));
    add(Spoken.live(now).rejected(Reason.MODEL_NOT_FOUND));
    add(Spoken.batch(now).rejected(Reason.SATURATED));
    pass(Duration.ofMinutes(1));

    assertThat(watch.burns(Objective.AVAILABILITY))
        .allSatisfy(burn -> assertThat(burn.inLong()).isEqualTo(new Proportion(2, 4)));
  }

  @Test
  void saysWhichPromiseIsBroken() {
    minutes(240, spoken -> spoken.answered(300));
    minutes(30, spoken -> spoken.answered(700));

    assertThat(changes)
        .filteredOn(change -> change.level() == Level.PAGE)
        .extracting(ObjectiveChange::objective)
        .containsExactly(Objective.LATENCY);
    assertThat(watch.level(Objective.LATENCY)).isEqualTo(Level.PAGE);
    assertThat(watch.level(Objective.AVAILABILITY)).isEqualTo(Level.MET);

    changes.clear();
    minutes(40, spoken -> spoken.rejected(Reason.BACKEND_UNAVAILABLE));
    assertThat(changes)
        .filteredOn(change -> change.level() == Level.PAGE)
        .extracting(ObjectiveChange::objective)
        .containsExactly(Objective.AVAILABILITY);
  }

  @Test
  void saysTheSameWheneverTheSameIsRead() {
    List<UtteranceRecord> records = new ArrayList<>();
    Random random = new Random(3);
    for (int second = 0; second < 8 * 3_600; second++) {
      int chance = second > 10_000 && second < 14_000 ? 3 : 300;
      Spoken spoken = Spoken.live(START.plusSeconds(second));
      records.add(
          random.nextInt(chance) == 0
              ? random.nextBoolean() ? spoken.cut() : spoken.rejected(Reason.INTERNAL)
              : spoken.answered(250));
    }
    records.forEach(this::add);
    List<ObjectiveChange> first = List.copyOf(changes);

    watch = watch(0);
    changes.clear();
    for (UtteranceRecord utterance : records) {
      changes.addAll(watch.tick(utterance.origin().eventTime()));
      add(utterance);
    }

    assertThat(first).hasSizeGreaterThan(2);
    assertThat(changes).isEqualTo(first);
  }

  @Test
  void takesRecordsThatAreAMinuteOutOfOrder() {
    List<UtteranceRecord> records = new ArrayList<>();
    for (int second = 0; second < 6 * 3_600; second++) {
      Spoken spoken = Spoken.live(START.plusSeconds(second));
      records.add(second > 14_400 ? spoken.cut() : spoken.answered(250));
    }
    records.forEach(this::add);
    ObjectiveChange page = page();

    watch = watch(0);
    changes.clear();
    for (int i = 30; i + 60 <= records.size(); i += 60) {
      Collections.shuffle(records.subList(i, i + 60), new Random(i));
    }
    records.forEach(this::add);

    assertThat(Duration.between(page.at(), page().at()).abs())
        .isLessThanOrEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void forgetsEverythingOverALongSilence() {
    minutes(240, spoken -> spoken.answered(300));
    minutes(30, spoken -> spoken.answered(700));
    changes.clear();

    pass(Duration.ofDays(400));
    assertThat(watch.level(Objective.LATENCY)).isEqualTo(Level.MET);
    assertThat(changes).extracting(ObjectiveChange::level).endsWith(Level.MET);

    changes.clear();
    minutes(240, spoken -> spoken.answered(300));
    assertThat(changes).isEmpty();
    assertThat(watch.burns(Objective.LATENCY).get(3).inLong()).isEqualTo(new Proportion(0, 14_400));
  }

  @Test
  void comparesWhatIsAskedForWithWhatWasPlanned() {
    watch = watch(1.5);
    minutes(60, spoken -> spoken.answered(300));
    assertThat(changes).isEmpty();

    // Twice as many: above 1.5 a second when 6 of 10 minutes are.
    minutes(5, this::twice);
    assertThat(changes).isEmpty();
    minutes(4, this::twice);
    assertThat(changes).extracting(ObjectiveChange::level).containsExactly(Level.SUSPECTED);
    minutes(1, this::twice);

    assertThat(changes)
        .last()
        .satisfies(
            change -> {
              assertThat(change.objective()).isEqualTo(Objective.THROUGHPUT);
              assertThat(change.level()).isEqualTo(Level.TICKET);
              assertThat(change.evidence())
                  .isEqualTo(new Rate(2.0, 1.5, 1_200, Duration.ofMinutes(10)));
              assertThat(change.began()).isEqualTo(now.minus(Duration.ofMinutes(5)));
            });

    minutes(20, spoken -> spoken.answered(300));
    assertThat(watch.level(Objective.THROUGHPUT)).isEqualTo(Level.MET);
  }

  /** An utterance costs 0.2 s of a core: two cores carry 8 a second when 0.8 may be used. */
  @Test
  void measuresWhatCanBeCarried() {
    watch.cores(now, 2);
    minutes(60, spoken -> spoken.answered(300));
    assertThat(watch.capacity()).isCloseTo(8, within(1e-9));
    assertThat(changes).isEmpty();

    watch.cores(now, 0.25);
    minutes(4, spoken -> spoken.answered(300));
    assertThat(changes).extracting(ObjectiveChange::level).containsExactly(Level.SUSPECTED);
    minutes(1, spoken -> spoken.answered(300));

    assertThat(changes)
        .last()
        .satisfies(
            change -> {
              assertThat(change.objective()).isEqualTo(Objective.CAPACITY);
              Rate rate = (Rate) change.evidence();
              assertThat(rate.perSecond()).isCloseTo(1, within(1e-9));
              assertThat(rate.limitPerSecond()).isCloseTo(1 / 0.9, within(1e-9));
            });

    watch.cores(now, 2);
    minutes(6, spoken -> spoken.answered(300));
    assertThat(watch.level(Objective.CAPACITY)).isEqualTo(Level.MET);
  }

  @Test
  void saysThatThePlannedRateCannotBeCarried() {
    watch = watch(10);
    watch.cores(now, 2);
    minutes(60, spoken -> spoken.answered(300));

    assertThat(changes)
        .last()
        .satisfies(
            change -> {
              assertThat(change.objective()).isEqualTo(Objective.CAPACITY);
              assertThat(change.level()).isEqualTo(Level.TICKET);
              assertThat(((Rate) change.evidence()).limitPerSecond()).isEqualTo(10);
            });
  }

  @Test
  void takesTheCostOfACutAnswerFromItsSecondRevision() {
    watch.cores(now, 1);
    for (int i = 0; i < 120; i++) {
      add(Spoken.live(now).cut());
      assertThat(watch.capacity()).isZero();
    }
    for (int i = 0; i < 120; i++) {
      add(Spoken.live(now).whole());
    }

    assertThat(watch.capacity()).isCloseTo(4, within(1e-9));
  }

  @Test
  void saysNothingOfCapacityThatIsNotKnown() {
    minutes(120, spoken -> spoken.answered(300));

    assertThat(watch.capacity()).isZero();
    assertThat(changes).isEmpty();
  }

  @Test
  void refusesSettingsThatCannotWork() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ObjectiveSettings(0.95, 0.999, BurnRate.RULES, 10, 0, 0.8))
        .withMessageContaining("0.99");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ObjectiveSettings(0.99, 1, BurnRate.RULES, 10, 0, 0.8));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ObjectiveSettings(0.99, 0.999, BurnRate.RULES, 0, 0, 0.8));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ObjectiveSettings(0.99, 0.999, BurnRate.RULES, 10, Double.NaN, 0.8));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ObjectiveSettings(0.99, 0.999, BurnRate.RULES, 10, 0, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> watch.cores(now, -1));
  }

  @Test
  void putsWhatIsLateOrRefusedDownToAStage() {
    for (int i = 0; i < 30; i++) {
      add(Spoken.live(now).answered(900));
      add(Spoken.live(now).rejected(i % 3 == 0 ? Reason.SATURATED : Reason.BACKEND_UNAVAILABLE));
    }
    pass(Duration.ofMinutes(1));

    assertThat(watch.burns(Objective.LATENCY).get(0).stage()).isEqualTo(Stage.DELIVER);
    assertThat(watch.burns(Objective.AVAILABILITY).get(0).stage()).isEqualTo(Stage.ASR);
  }

  private static ObjectiveWatch watch(double targetPerSecond) {
    return new ObjectiveWatch(
        new ObjectiveSettings(0.99, 0.999, BurnRate.RULES, 10, targetPerSecond, 0.8),
        new BudgetShares(0.4, 0.1, 0.4, 0.1));
  }

  private UtteranceRecord twice(Spoken spoken) {
    add(spoken.answered(300));
    return spoken.answered(300);
  }

  private ObjectiveChange page() {
    return changes.stream()
        .filter(change -> change.level() == Level.PAGE)
        .findFirst()
        .orElseThrow();
  }

  private void minutes(int count, Function<Spoken, UtteranceRecord> how) {
    for (int second = 0; second < 60 * count; second++) {
      add(how.apply(Spoken.live(now.plusSeconds(second))));
    }
    pass(Duration.ofMinutes(count));
  }

  private void pass(Duration time) {
    now = now.plus(time);
    changes.addAll(watch.tick(now));
  }

  private void add(UtteranceRecord utterance) {
    changes.addAll(watch.add(utterance));
  }
}
