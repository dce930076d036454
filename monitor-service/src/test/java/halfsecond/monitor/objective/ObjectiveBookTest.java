// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.objective;

import static org.assertj.core.api.Assertions.assertThat;

import halfsecond.common.error.Reason;
import halfsecond.monitor.catalogue.BudgetShares;
import halfsecond.monitor.objective.ObjectiveAlarm.Missed;
import halfsecond.monitor.objective.ObjectiveChange.Burn;
import halfsecond.monitor.record.UtteranceRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Sixty utterances a minute from midnight on. */
final class ObjectiveBookTest {
  private final Map<String, ObjectiveAlarm> alarms = new LinkedHashMap<>();
  private ObjectiveBook book = book();
  private Instant now = Instant.parse("2026-03-02T00:00:00Z");

  @Test
  void isSuspectedThenFiresThenIsOver() {
    minutes(120, spoken -> spoken.answered(300));
    minutes(5, spoken -> spoken.answered(700));
    ObjectiveAlarm suspected = only();
    assertThat(suspected.fired()).isEmpty();
    assertThat(suspected.lead().level()).isEqualTo(Level.SUSPECTED);

    minutes(5, spoken -> spoken.answered(700));
    assertThat(only().id()).isEqualTo(suspected.id());
    assertThat(only().suspected()).isEqualTo(suspected.suspected());
    assertThat(only().fired()).contains(now.minus(Duration.ofMinutes(1)));
    assertThat(only().lead().level()).isEqualTo(Level.PAGE);
    assertThat(book.open()).containsExactly(only());

    minutes(15, spoken -> spoken.answered(300));
    assertThat(only().resolved()).isPresent();
    assertThat(only().lead().level()).as("the worst that it was").isEqualTo(Level.PAGE);
    assertThat(book.open()).isEmpty();
  }

  @Test
  void whatWasOnlySuspectedIsOverWithoutHavingFired() {
    minutes(120, spoken -> spoken.answered(300));
    minutes(5, spoken -> spoken.answered(700));
    minutes(15, spoken -> spoken.answered(300));

    assertThat(only().fired()).isEmpty();
    assertThat(only().resolved()).isPresent();
    assertThat(only().lead().level()).isEqualTo(Level.SUSPECTED);
  }

  @Test
  void knowsTheNumbersBetterEachMinute() {
    minutes(120, spoken -> spoken.answered(300));
    minutes(10, spoken -> spoken.answered(700));
    Missed first = only().lead();

    minutes(1, spoken -> spoken.answered(700));

    Missed next = only().lead();
    assertThat(next.until()).isEqualTo(first.until().plusSeconds(60));
    assertThat(((Burn) next.evidence()).inLong().events())
        .isEqualTo(((Burn) first.evidence()).inLong().events() + 60);
  }

  /** Half a core carries one utterance a second at 0.2 s each and 40 % of it. */
  @Test
  void whatBeganTogetherIsOneAlarmThatIsNamedAfterTheWorst() {
    minutes(120, spoken -> spoken.answered(300));
    book.cores(now, 0.25);
    minutes(20, spoken -> spoken.answered(700));

    assertThat(only().missed())
        .extracting(Missed::objective)
        .containsExactly(Objective.LATENCY, Objective.CAPACITY);
    assertThat(only().missed()).extracting(Missed::level).containsExactly(Level.PAGE, Level.TICKET);

    minutes(40, spoken -> spoken.answered(300));
    assertThat(only().resolved()).as("cores are still short").isEmpty();
    assertThat(only().lead().objective()).isEqualTo(Objective.CAPACITY);

    book.cores(now, 4);
    minutes(10, spoken -> spoken.answered(300));
    assertThat(only().resolved()).isPresent();
    assertThat(only().missed()).hasSize(2);
  }

  @Test
  void whatComesLaterIsAnother() {
    minutes(120, spoken -> spoken.answered(300));
    book.cores(now, 0.25);
    minutes(80, spoken -> spoken.answered(300));
    minutes(5, spoken -> spoken.rejected(Reason.SATURATED));

    assertThat(alarms.values())
        .extracting(alarm -> alarm.lead().objective())
        .containsExactly(Objective.CAPACITY, Objective.AVAILABILITY);
  }

  @Test
  void theSameRecordsGiveTheSameNames() {
    whatBeganTogetherIsOneAlarmThatIsNamedAfterTheWorst();
    ObjectiveAlarm before = only();

    alarms.clear();
    book = book();
    now = Instant.parse("2026-03-02T00:00:00Z");
    whatBeganTogetherIsOneAlarmThatIsNamedAfterTheWorst();

    assertThat(only()).isEqualTo(before);
  }

  private static ObjectiveBook book() {
    return new ObjectiveBook(
        new ObjectiveWatch(ObjectiveSettings.DEFAULT, new BudgetShares(0.4, 0.1, 0.4, 0.1)));
  }

  private ObjectiveAlarm only() {
    assertThat(alarms).hasSize(1);
    return List.copyOf(alarms.values()).get(0);
  }

  private void minutes(int count, Function<Spoken, UtteranceRecord> how) {
    for (int second = 0; second < 60 * count; second++) {
      book.add(how.apply(Spoken.live(now.plusSeconds(second))));
    }
    now = now.plus(Duration.ofMinutes(count));
    book.tick(now);
    book.takeChanges().forEach(alarm -> alarms.put(alarm.id(), alarm));
  }
}
