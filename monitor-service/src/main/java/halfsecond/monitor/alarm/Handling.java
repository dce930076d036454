// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.alarm;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What people did about an alarm. Immutable.
 *
 * @param snoozedUntil nobody is told until then
 * @param silence may be over
 * @param notes oldest first
 */
public record Handling(
    Optional<Seen> seen,
    Optional<Instant> snoozedUntil,
    Optional<Silence> silence,
    List<Note> notes) {
  /** Nobody did anything. */
  public static final Handling NONE =
      new Handling(Optional.empty(), Optional.empty(), Optional.empty(), List.of());

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
    if (action instanceof Action.Acknowledge) {
      return new Handling(
          Optional.of(new Seen(action.actor(), now)),
          snoozedUntil,
          silence,
          noted(action.actor(), now, action.text()));
    }
    if (action instanceof Action.Snooze snooze) {
      return new Handling(seen, Optional.of(snooze.until()), silence, notes);
    }
    if (action instanceof Action.Silence quiet) {
      return new Handling(
          seen,
          snoozedUntil,
          Optional.of(new Silence(quiet.until(), quiet.allAlike())),
          noted(action.actor(), now, action.text()));
    }
    if (action instanceof Action.Unsilence) {
      return new Handling(
          seen, snoozedUntil, Optional.empty(), noted(action.actor(), now, action.text()));
    }
    return new Handling(seen, snoozedUntil, silence, noted(action.actor(), now, action.text()));
  }

  private List<Note> noted(String actor, Instant now, String text) {
    if (text.isEmpty()) {
      return notes;
    }
    List<Note> more = new ArrayList<>(notes);
    more.add(new Note(actor, now, text));
    return more.size() > MOST_NOTES ? more.subList(more.size() - MOST_NOTES, more.size()) : more;
  }
}
