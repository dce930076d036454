// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.alarm;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What people did about an alarm. Immutable.
 *
 * @param snoozedUntil nobody is told until then
 * @param silence may be over
 * @param notes oldest first
 * @param quieted when it was last snoozed, silenced or unsilenced
 */
public record Handling(
    Optional<Seen> seen,
    Optional<Instant> snoozedUntil,
    Optional<Silence> silence,
    List<Note> notes,
    Optional<Instant> quieted) {
  /** Nobody did anything. */
  public static final Handling NONE =
      new Handling(
          Optional.empty(), Optional.empty(), Optional.empty(), List.of(), Optional.empty());

  private static final Comparator<Note> ORDER =
      Comparator.comparing(Note::at).thenComparing(Note::actor).thenComparing(Note::text);

  /** Of two at the same time, as clocks are coarse, the same one everywhere. */
  private static final Comparator<Handling> BY_SEEN =
      Comparator.comparing((Handling it) -> it.seen().map(Seen::at).orElse(Instant.MIN))
          .thenComparing(it -> it.seen().toString());

  private static final Comparator<Handling> BY_QUIET =
      Comparator.comparing((Handling it) -> it.quieted().orElse(Instant.MIN))
          .thenComparing(it -> it.snoozedUntil() + " " + it.silence());

  /** More notes push out the oldest. */
  static final int MOST_NOTES = 100;

  public Handling {
    notes = List.copyOf(notes);
  }

  /** Somebody has seen it: no reminders. */
  public record Seen(String actor, Instant at) {}

  /**
   * Nobody wants to hear of it.
   *
   * @param allAlike nor of others on the same metric and cohort
   */
  public record Silence(Instant until, boolean allAlike) {}

  /** What somebody wrote. */
  public record Note(String actor, Instant at, String text) {}

  boolean silenced(Instant now) {
    return silence.filter(it -> it.until().isAfter(now)).isPresent();
  }

  /** Whether others like it are silenced with it. */
  boolean silencesAlike(Instant now) {
    return silenced(now) && silence.filter(Silence::allAlike).isPresent();
  }

  boolean snoozed(Instant now) {
    return snoozedUntil.filter(it -> it.isAfter(now)).isPresent();
  }

  /** After this was done at this moment. */
  Handling after(Action action, Instant now) {
    // Clocks differ: what is done later must be later than what it replaces.
    Instant quieter = laterThan(quieted, now);
    if (action instanceof Action.Acknowledge) {
      return new Handling(
          Optional.of(new Seen(action.actor(), laterThan(seen.map(Seen::at), now))),
          snoozedUntil,
          silence,
          noted(action.actor(), now, action.text()),
          quieted);
    }
    if (action instanceof Action.Snooze snooze) {
      return new Handling(seen, Optional.of(snooze.until()), silence, notes, Optional.of(quieter));
    }
    if (action instanceof Action.Silence quiet) {
      return new Handling(
          seen,
          snoozedUntil,
          Optional.of(new Silence(quiet.until(), quiet.allAlike())),
          noted(action.actor(), now, action.text()),
          Optional.of(quieter));
    }
    if (action instanceof Action.Unsilence) {
      return new Handling(
          seen,
          snoozedUntil,
          Optional.empty(),
          noted(action.actor(), now, action.text()),
          Optional.of(quieter));
    }
    return new Handling(
        seen, snoozedUntil, silence, noted(action.actor(), now, action.text()), quieted);
  }

  /**
   * Together with what was done at another monitor: the last acknowledgement holds, of snoozes and
   * silences the last, and all notes stay. The same whichever is put with which.
   */
  Handling with(Handling other) {
    Handling seer = BY_SEEN.compare(this, other) < 0 ? other : this;
    Handling quieter = BY_QUIET.compare(this, other) < 0 ? other : this;
    List<Note> all =
        Stream.concat(notes.stream(), other.notes.stream()).distinct().sorted(ORDER).toList();
    return new Handling(
        seer.seen, quieter.snoozedUntil, quieter.silence, newest(all), quieter.quieted);
  }

  private static Instant laterThan(Optional<Instant> before, Instant now) {
    return before.filter(it -> !it.isBefore(now)).map(it -> it.plusNanos(1)).orElse(now);
  }

  private List<Note> noted(String actor, Instant now, String text) {
    if (text.isEmpty()) {
      return notes;
    }
    List<Note> more = new ArrayList<>(notes);
    more.add(new Note(actor, now, text));
    return newest(more);
  }

  private static List<Note> newest(List<Note> all) {
    return all.subList(Math.max(0, all.size() - MOST_NOTES), all.size());
  }
}
