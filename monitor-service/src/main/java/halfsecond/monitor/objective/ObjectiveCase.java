// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.objective;

import halfsecond.monitor.objective.ObjectiveAlarm.Missed;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An {@link ObjectiveAlarm} while it goes on. Not safe for use by several threads. */
final class ObjectiveCase {
  private final String id;
  private final Instant began;
  private final Instant suspected;
  private final Map<Objective, Missed> missed = new EnumMap<>(Objective.class);
  private final Map<Objective, Level> worst = new EnumMap<>(Objective.class);
  private @Nullable Instant fired;
  private @Nullable Instant resolved;

  /**
   * @param first what it begins with, yet to be taken
   */
  ObjectiveCase(ObjectiveChange first) {
    // No objective is in two alarms at a time, so it can begin only one in a minute.
    this.id =
        "o"
            + Long.toString(first.at().toEpochMilli(), 36)
            + "-"
            + first.objective().name().toLowerCase(Locale.ROOT);
    this.began = first.began();
    this.suspected = first.at();
  }

  Instant began() {
    return began;
  }

  boolean isOver() {
    return resolved != null;
  }

  void take(ObjectiveChange change) {
    Objective objective = change.objective();
    missed.put(objective, new Missed(objective, change.level(), change.at(), change.evidence()));
    worst.merge(objective, change.level(), ObjectiveCase::worse);
    if (change.level() == Level.MET
        && worst.get(objective) == Level.SUSPECTED
        && missed.size() > 1) {
      missed.remove(objective);
    }
    if (fired == null && change.level().compareTo(Level.SUSPECTED) > 0) {
      fired = change.at();
    }
    // What has fired does not go on for the sake of a suspicion.
    Level least = fired == null ? Level.SUSPECTED : Level.TICKET;
    if (missed.values().stream().allMatch(it -> it.level().compareTo(least) < 0)) {
      resolved = change.at();
    }
  }

  /**
   * Takes newer numbers of what is still missed.
   *
   * @return whether they differ
   */
  boolean refine(Objective objective, ObjectiveChange.Evidence evidence, Instant until) {
    Missed known = missed.get(objective);
    if (known == null || known.level() == Level.MET || known.evidence().equals(evidence)) {
      return false;
    }
    missed.put(objective, new Missed(objective, known.level(), until, evidence));
    return true;
  }

  /** As it is now. */
  ObjectiveAlarm alarm() {
    List<Missed> all =
        missed.values().stream()
            .map(it -> resolved == null ? it : atWorst(it))
            .sorted(Missed.ORDER)
            .toList();
    return new ObjectiveAlarm(
        id, began, suspected, Optional.ofNullable(fired), Optional.ofNullable(resolved), all);
  }

  private Missed atWorst(Missed it) {
    return new Missed(
        it.objective(), worst.getOrDefault(it.objective(), it.level()), it.until(), it.evidence());
  }

  private static Level worse(Level one, Level other) {
    return one.compareTo(other) >= 0 ? one : other;
  }
}
