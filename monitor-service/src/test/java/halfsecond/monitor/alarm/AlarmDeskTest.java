// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.alarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import halfsecond.common.error.Reason;
import halfsecond.common.error.SpeechException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

final class AlarmDeskTest {
  private final Shelf shelf = new Shelf();
  private Instant now = Reports.NOW;
  private AlarmDesk desk = open();

  private AlarmDesk open() {
    return new AlarmDesk(() -> now, shelf, 3);
  }

  /** An archive in memory. */
  private static final class Shelf implements AlarmArchive {
    final Map<String, TrackedAlarm> kept = new LinkedHashMap<>();

    @Override
    public void save(TrackedAlarm alarm) {
      kept.put(alarm.id(), alarm);
    }

    @Override
    public void forget(String id) {
      kept.remove(id);
    }

    @Override
    public List<TrackedAlarm> load() {
      return List.copyOf(kept.values());
    }

    Handling handling(String id) {
      return Objects.requireNonNull(kept.get(id)).handling();
    }
  }

  @Test
  void goesThroughItsLife() {
    desk.report(Reports.pending("a", "m", 0));
    assertThat(state("a")).isEqualTo(State.PENDING);

    desk.report(Reports.firing("a", "m", 0));
    assertThat(state("a")).isEqualTo(State.FIRING);
    assertThat(find("a").before()).contains(State.PENDING);

    desk.report(Reports.resolved(Reports.firing("a", "m", 0), 60));
    assertThat(state("a")).isEqualTo(State.RESOLVED);
    assertThat(find("a").before()).contains(State.FIRING);
  }

  @Test
  void listsTheNewestFirst() {
    desk.report(Reports.firing("a", "m", 0));
    desk.report(Reports.firing("b", "n", 20));
    desk.report(Reports.firing("c", "o", 10));

    assertThat(desk.all()).extracting(TrackedAlarm::id).containsExactly("b", "c", "a");
  }

  @Test
  void silencesOneUntilItIsTime() {
    desk.report(Reports.firing("a", "m", 0));
    desk.report(Reports.firing("b", "m", 0));

    desk.update("a", null, new Action.Silence("eve", "known", now.plusSeconds(60), false));
    assertThat(state("a")).isEqualTo(State.SILENCED);
    assertThat(state("b")).isEqualTo(State.FIRING);
    assertThat(find("a").handling().notes())
        .extracting(Handling.Note::text)
        .containsExactly("known");

    now = now.plusSeconds(61);
    desk.tick();
    assertThat(state("a")).isEqualTo(State.FIRING);
  }

  @Test
  void silencesAllAlikeAlsoThoseThatComeLater() {
    desk.report(Reports.firing("a", "m", 0));
    desk.report(Reports.firing("b", "m", 1));
    desk.report(Reports.firing("other", "n", 1));
    desk.report(Reports.ofPhone("phone", "m", 1));

    desk.update("a", null, new Action.Silence("eve", "known", now.plusSeconds(60), true));
    desk.report(Reports.firing("later", "m", 5));

    assertThat(state("b")).isEqualTo(State.SILENCED);
    assertThat(state("later")).isEqualTo(State.SILENCED);
    assertThat(state("other")).isEqualTo(State.FIRING);
    assertThat(state("phone")).as("of one cohort only").isEqualTo(State.FIRING);

    desk.update("a", null, new Action.Unsilence("eve", ""));
    assertThat(state("b")).isEqualTo(State.FIRING);
    assertThat(state("later")).isEqualTo(State.FIRING);
  }

  @Test
  void aSilenceOfAllAlikeOutlivesItsAlarm() {
    AlarmReport first = Reports.firing("a", "m", 0);
    desk.report(first);
    desk.update("a", null, new Action.Silence("eve", "known", now.plusSeconds(600), true));
    desk.report(Reports.resolved(first, 10));
    for (int i = 0; i < 5; i++) {
      AlarmReport other = Reports.firing("b" + i, "n" + i, 20 + i);
      desk.report(other);
      desk.report(Reports.resolved(other, 30 + i));
    }

    desk.report(Reports.firing("again", "m", 60));

    assertThat(state("again")).isEqualTo(State.SILENCED);
  }

  @Test
  void tellsWhatChangedAfterANumberAndOnlyTheLatestOfEach() {
    desk.report(Reports.firing("a", "m", 0));
    long seen = desk.lastChange();
    desk.report(Reports.pending("b", "n", 1));
    desk.report(Reports.firing("b", "n", 1));

    assertThat(desk.changedAfter(seen))
        .singleElement()
        .satisfies(alarm -> assertThat(alarm.state()).isEqualTo(State.FIRING));
    assertThat(desk.changedAfter(desk.lastChange())).isEmpty();
  }

  @Test
  void passesOnBetterNumbersWithTheNextTick() {
    AtomicInteger calls = new AtomicInteger();
    desk.report(Reports.firing("a", "m", 0));
    desk.onChange(calls::incrementAndGet);
    long seen = desk.lastChange();
    AlarmReport refined = refined(Reports.firing("a", "m", 0));

    desk.report(refined);
    assertThat(desk.changedAfter(seen)).isEmpty();
    desk.tick();

    assertThat(desk.changedAfter(seen))
        .extracting(alarm -> alarm.report().title())
        .containsExactly("better known");
    assertThat(calls).hasValue(1);
    desk.tick();
    assertThat(calls).as("nothing changed").hasValue(1);
  }

  private static AlarmReport refined(AlarmReport from) {
    return new AlarmReport(
        from.id(),
        from.change(),
        from.severity(),
        from.drift(),
        from.stage(),
        from.metric(),
        from.cohort(),
        "better known",
        from.nextStep(),
        from.evidence(),
        from.attribution(),
        from.began(),
        from.suspected(),
        from.fired(),
        from.resolved());
  }

  @Test
  void refusesWhatIsBasedOnAnOlderState() {
    desk.report(Reports.firing("a", "m", 0));
    String etag = find("a").etag();
    desk.update("a", etag, new Action.Acknowledge("eve", ""));

    assertRefused(
        Reason.STATE_CONFLICT, () -> desk.update("a", etag, new Action.Acknowledge("bob", "")));
    assertThat(find("a").handling().seen().map(Handling.Seen::actor)).contains("eve");
  }

  @Test
  void whatIsOverCanOnlyBeAnnotated() {
    AlarmReport report = Reports.firing("a", "m", 0);
    desk.report(Reports.resolved(report, 5));

    assertRefused(
        Reason.STATE_CONFLICT, () -> desk.update("a", null, new Action.Acknowledge("eve", "")));
    desk.update("a", null, new Action.Annotate("eve", "it was the new app"));

    assertThat(find("a").handling().notes()).hasSize(1);
    assertRefused(
        Reason.NOT_FOUND, () -> desk.update("z", null, new Action.Annotate("eve", "what?")));
  }

  @Test
  void keepsTheNewestThatAreOverAndAllThatAreNot() {
    desk.report(Reports.firing("on", "m", 0));
    for (int i = 0; i < 6; i++) {
      AlarmReport report = Reports.firing("r" + i, "n", 10 + i);
      desk.report(report);
      desk.report(Reports.resolved(report, 20 + i));
    }

    assertThat(desk.all()).extracting(TrackedAlarm::id).containsExactly("r5", "r4", "r3", "on");
    assertThat(shelf.kept.keySet()).containsExactlyInAnyOrder("r5", "r4", "r3", "on");
  }

  @Test
  void whatWasOnlySuspectedTakesNoRoomFromWhatHasFired() {
    AlarmReport fired = Reports.firing("fired", "m", 0);
    desk.report(fired);
    desk.report(Reports.resolved(fired, 5));
    for (int i = 0; i < 6; i++) {
      AlarmReport report = Reports.pending("p" + i, "n", 10 + i);
      desk.report(report);
      desk.report(Reports.cleared(report, 20 + i));
    }

    assertThat(desk.all()).extracting(TrackedAlarm::id).containsExactly("p5", "fired");
    assertThat(state("p5")).isEqualTo(State.RESOLVED);
    assertThat(find("p5").before()).contains(State.PENDING);
  }

  @Test
  void keepsOnlySoManyNotes() {
    desk.report(Reports.firing("a", "m", 0));
    for (int i = 0; i < Handling.MOST_NOTES + 5; i++) {
      desk.update("a", null, new Action.Annotate("eve", "note " + i));
    }
    List<Handling.Note> notes = new ArrayList<>(find("a").handling().notes());
    assertThat(notes).hasSize(Handling.MOST_NOTES);
    assertThat(notes.get(0).text()).isEqualTo("note 5");
  }

  @Test
  void aRestartKeepsAlarmsAndWhatPeopleDid() {
    desk.report(Reports.firing("a", "m", 0));
    desk.update("a", null, new Action.Acknowledge("eve", "looking"));
    long before = desk.lastChange();

    now = now.plus(Duration.ofMinutes(1));
    desk = open();

    assertThat(state("a")).isEqualTo(State.FIRING);
    assertThat(find("a").handling().seen()).isPresent();
    assertThat(desk.remembers(before)).as("numbers of another process").isFalse();
    assertThat(desk.remembers(desk.lastChange())).isTrue();
  }

  @Test
  void whatPeopleDoAtEitherMonitorHoldsAtBoth() {
    Shelf theirs = new Shelf();
    AlarmDesk other = new AlarmDesk(() -> now, theirs, 3);
    for (AlarmDesk each : List.of(desk, other)) {
      each.report(Reports.firing("a", "m", 0));
      each.report(Reports.firing("b", "m", 1));
    }
    desk.update("a", null, new Action.Silence("eve", "known", now.plusSeconds(600), true));
    other.update("a", null, new Action.Acknowledge("bob", "looking"));
    now = now.plusSeconds(1);
    exchange(other, theirs);

    assertThat(other.all()).extracting(TrackedAlarm::state).containsOnly(State.SILENCED);
    assertThat(find("a").handling().seen().map(Handling.Seen::actor)).contains("bob");
    assertThat(find("a").handling().notes())
        .extracting(Handling.Note::actor)
        .containsExactlyInAnyOrder("eve", "bob");
    assertThat(other.all())
        .extracting(TrackedAlarm::etag)
        .containsExactlyElementsOf(desk.all().stream().map(TrackedAlarm::etag).toList());

    other.update("a", find("a").etag(), new Action.Unsilence("bob", ""));
    exchange(other, theirs);
    assertThat(desk.all()).extracting(TrackedAlarm::state).containsOnly(State.FIRING);
    assertThat(theirs.handling("a")).isEqualTo(shelf.handling("a"));
  }

  @Test
  void whatAnotherMonitorDidNotKnowWhenItWroteIsWrittenAgain() {
    desk.report(Reports.firing("a", "m", 0));
    TrackedAlarm early = find("a");
    desk.update("a", null, new Action.Acknowledge("eve", ""));
    shelf.save(early);
    desk.handledElsewhere(List.of(early));

    assertThat(shelf.handling("a").seen()).isPresent();
  }

  /** Each reads what the other has written down. */
  private void exchange(AlarmDesk other, Shelf theirs) {
    other.handledElsewhere(shelf.load());
    desk.handledElsewhere(theirs.load());
  }

  @Test
  void endsAfterARestartWhatIsNotFoundAgain() {
    desk.report(Reports.firing("gone", "m", 0));
    desk.report(Reports.firing("still", "n", 0));
    desk.update("gone", null, new Action.Acknowledge("eve", "looking"));
    desk = open();
    desk.report(Reports.firing("still", "n", 0));
    desk.report(Reports.firing("heir", "m", 0));

    desk.settle(Set.of("still", "heir"));

    assertThat(state("gone")).isEqualTo(State.RESOLVED);
    assertThat(state("still")).isEqualTo(State.FIRING);
    assertThat(find("heir").handling().seen().map(Handling.Seen::actor)).contains("eve");
    assertThat(find("gone").handling().notes())
        .extracting(Handling.Note::actor)
        .containsExactly("eve", "monitor");
  }

  private static void assertRefused(Reason reason, ThrowingCallable call) {
    assertThatExceptionOfType(SpeechException.class)
        .isThrownBy(call)
        .satisfies(thrown -> assertThat(thrown.reason()).isEqualTo(reason));
  }

  private State state(String id) {
    return find(id).state();
  }

  private TrackedAlarm find(String id) {
    return desk.all().stream().filter(alarm -> alarm.id().equals(id)).findFirst().orElseThrow();
  }
}
