// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.alarm;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import halfsecond.common.error.Reason;
import halfsecond.common.error.SpeechException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * All alarms with their states and what people did about them. Every change gets the next number of
 * one sequence; who wants to follow asks for what changed after the last one seen, so that nobody
 * has to be waited for. Safe for use by any thread.
 */
public final class AlarmDesk {
  private static final Action NOT_SEEN_AGAIN =
      new Action.Annotate(
          "monitor", "not found again in the records that are kept after a restart");

  private final InstantSource clock;
  private final AlarmArchive archive;
  private final int kept;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final Object lock = new Object();

  @GuardedBy("lock")
  private final Map<String, TrackedAlarm> alarms = new HashMap<>();

  @GuardedBy("lock")
  private final Silences silences = new Silences();

  /** Those whose numbers became more exact since the last tick. */
  @GuardedBy("lock")
  private final Map<String, AlarmReport> refined = new HashMap<>();

  @GuardedBy("lock")
  private long sequence;

  private final long first;

  /**
   * @param archive from which earlier alarms are taken
   * @param kept alarms that are over, the newest so many
   */
  public AlarmDesk(InstantSource clock, AlarmArchive archive, int kept) {
    this.clock = clock;
    this.archive = archive;
    this.kept = kept;
    // Larger than any number of an earlier process: there are no thousand changes in a millisecond.
    this.first = clock.millis() * 1_000;
    synchronized (lock) {
      sequence = first;
      for (TrackedAlarm alarm : archive.load()) {
        TrackedAlarm known = numbered(alarm);
        alarms.put(alarm.id(), known);
        silences.note(known);
      }
    }
  }

  /** The same alarm under a number of this process. */
  @GuardedBy("lock")
  private TrackedAlarm numbered(TrackedAlarm alarm) {
    return new TrackedAlarm(
        alarm.report(), alarm.handling(), alarm.state(), ++sequence, alarm.before());
  }

  /** Calls this after changes, on any thread; it must return at once. */
  public void onChange(Runnable listener) {
    listeners.add(listener);
  }

  public void forget(Runnable listener) {
    listeners.remove(listener);
  }

  /** Takes what is now known about an alarm, new or not. */
  public void report(AlarmReport report) {
    synchronized (lock) {
      TrackedAlarm known = alarms.get(report.id());
      if (known != null && known.report().sameStanding(report)) {
        refined.put(report.id(), report);
        return;
      }
      refined.remove(report.id());
      put(report, known == null ? Handling.NONE : known.handling(), known);
      prune();
    }
    listeners.forEach(Runnable::run);
  }

  /**
   * After a restart: ends what went on before it and is not among what is known now. The records
   * that it rested on may be kept no longer; one that is alike takes over what people did about it.
   *
   * @param current ids of all that go on
   */
  public void settle(Set<String> current) {
    synchronized (lock) {
      Instant now = clock.instant();
      for (TrackedAlarm alarm : List.copyOf(alarms.values())) {
        if (alarm.state() == State.RESOLVED || current.contains(alarm.id())) {
          continue;
        }
        alarms.values().stream()
            .filter(other -> current.contains(other.id()))
            .filter(other -> other.handling().equals(Handling.NONE))
            .filter(other -> other.report().alike(alarm.report()))
            .findFirst()
            .ifPresent(heir -> put(heir.report(), alarm.handling(), heir));
        put(alarm.report().resolvedAt(now), alarm.handling().after(NOT_SEEN_AGAIN, now), alarm);
      }
    }
    listeners.forEach(Runnable::run);
  }

  /** Ends an alarm of which nothing is known any more; does nothing if it is over. */
  public void lose(String id) {
    synchronized (lock) {
      TrackedAlarm alarm = alarms.get(id);
      if (alarm == null || alarm.state() == State.RESOLVED) {
        return;
      }
      Instant now = clock.instant();
      put(alarm.report().resolvedAt(now), alarm.handling().after(NOT_SEEN_AGAIN, now), alarm);
    }
    listeners.forEach(Runnable::run);
  }

  /**
   * Lets time pass: silences end, and numbers that became more exact are passed on. To be called
   * every few seconds.
   */
  public void tick() {
    boolean changed = false;
    synchronized (lock) {
      Instant now = clock.instant();
      for (TrackedAlarm alarm : List.copyOf(alarms.values())) {
        AlarmReport report = refined.getOrDefault(alarm.id(), alarm.report());
        if (!report.equals(alarm.report())
            || silences.state(report, alarm.handling(), now) != alarm.state()) {
          put(report, alarm.handling(), alarm);
          changed = true;
        }
      }
      refined.clear();
    }
    if (changed) {
      listeners.forEach(Runnable::run);
    }
  }

  /** All of them, newest first. */
  public List<TrackedAlarm> all() {
    synchronized (lock) {
      return alarms.values().stream()
          .sorted(
              Comparator.comparing((TrackedAlarm alarm) -> alarm.report().suspected())
                  .thenComparing(TrackedAlarm::id)
                  .reversed())
          .toList();
    }
  }

  /**
   * What changed after the change of this number, each alarm as it is now, in the order of their
   * last changes.
   */
  public List<TrackedAlarm> changedAfter(long number) {
    synchronized (lock) {
      return alarms.values().stream()
          .filter(alarm -> alarm.sequence() > number)
          .sorted(Comparator.comparingLong(TrackedAlarm::sequence))
          .toList();
    }
  }

  /** The number of the last change. */
  public long lastChange() {
    synchronized (lock) {
      return sequence;
    }
  }

  /** Whether {@link #changedAfter} misses nothing that came after this number. */
  public boolean remembers(long number) {
    return number >= first && number <= lastChange();
  }

  /**
   * Records what somebody did.
   *
   * @param etag that the alarm must still have; null if it does not matter
   * @throws SpeechException {@code NOT_FOUND}; {@code STATE_CONFLICT} for another etag, and for an
   *     alarm that is over unless it is a note
   */
  public TrackedAlarm update(String id, @Nullable String etag, Action action) {
    TrackedAlarm updated;
    synchronized (lock) {
      TrackedAlarm known = alarms.get(id);
      if (known == null) {
        throw new SpeechException(
            Reason.NOT_FOUND, "no such alarm is kept", Map.of("resource", "alarm"));
      }
      if (etag != null && !etag.equals(known.etag())) {
        throw new SpeechException(
            Reason.STATE_CONFLICT, "the alarm has changed since; read it again");
      }
      if (known.state() == State.RESOLVED && !(action instanceof Action.Annotate)) {
        throw new SpeechException(
            Reason.STATE_CONFLICT, "the alarm is over; it can only be annotated");
      }
      Instant now = clock.instant();
      Handling handling = known.handling().after(action, now);
      updated = put(known.report(), handling, known);
      if (handling.silencesAlike(now) || action instanceof Action.Unsilence) {
        spread(known.report());
      }
    }
    listeners.forEach(Runnable::run);
    return updated;
  }

  /**
   * Takes over what people did at other monitors about alarms that are known here.
   *
   * @param theirs as the others have written them down
   */
  public void handledElsewhere(List<TrackedAlarm> theirs) {
    boolean changed = false;
    synchronized (lock) {
      for (TrackedAlarm their : theirs) {
        TrackedAlarm known = alarms.get(their.id());
        if (known == null) {
          continue;
        }
        Handling both = known.handling().with(their.handling());
        if (!both.equals(known.handling())) {
          put(known.report(), both, known);
          spread(known.report());
          changed = true;
        } else if (!both.equals(their.handling())) {
          // They did not know of it when they wrote it down.
          archive.save(known);
        }
      }
    }
    if (changed) {
      listeners.forEach(Runnable::run);
    }
  }

  /** Others like it are silenced, or are no longer. */
  @GuardedBy("lock")
  private void spread(AlarmReport report) {
    Instant now = clock.instant();
    for (TrackedAlarm alarm : List.copyOf(alarms.values())) {
      if (alarm.report().alike(report)
          && silences.state(alarm.report(), alarm.handling(), now) != alarm.state()) {
        put(alarm.report(), alarm.handling(), alarm);
      }
    }
  }

  @GuardedBy("lock")
  private TrackedAlarm put(AlarmReport report, Handling handling, @Nullable TrackedAlarm known) {
    State state = silences.state(report, handling, clock.instant());
    TrackedAlarm alarm =
        new TrackedAlarm(
            report,
            handling,
            state,
            ++sequence,
            known == null ? Optional.empty() : Optional.of(known.state()));
    alarms.put(report.id(), alarm);
    silences.note(alarm);
    archive.save(alarm);
    return alarm;
  }

  @GuardedBy("lock")
  private void prune() {
    for (String id : Surplus.among(alarms.values(), kept, clock.instant())) {
      alarms.remove(id);
      silences.forget(id);
      archive.forget(id);
    }
  }
}
