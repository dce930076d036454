// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.objective;

import halfsecond.monitor.record.UtteranceRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps the alarms that come of objectives. Those whose trouble began at about the same time are
 * one alarm: what is short of cores is late, too. Not safe for use by several threads.
 */
public final class ObjectiveBook {
  private static final Duration TOGETHER = Duration.ofHours(1);

  private final ObjectiveWatch watch;
  private final Map<Objective, ObjectiveCase> open = new EnumMap<>(Objective.class);
  private final Set<ObjectiveCase> changed = new LinkedHashSet<>();
  private Instant refreshed = Instant.MIN;

  /**
   * @param watch owned from here on
   */
  public ObjectiveBook(ObjectiveWatch watch) {
    this.watch = watch;
  }

  /** Takes a record; what was only compared counts for nothing. */
  public void add(UtteranceRecord utterance) {
    watch.add(utterance).forEach(this::take);
    refresh();
  }

  /** Lets time pass. */
  public void tick(Instant now) {
    watch.tick(now).forEach(this::take);
    refresh();
  }

  /** See {@link ObjectiveWatch#cores}. */
  public void cores(Instant from, double known) {
    watch.cores(from, known);
  }

  /** Those that go on. */
  public List<ObjectiveAlarm> open() {
    return open.values().stream().distinct().map(ObjectiveCase::alarm).toList();
  }

  /** Alarms that are new or different since the last call, in the order of their first change. */
  public List<ObjectiveAlarm> takeChanges() {
    if (changed.isEmpty()) {
      return List.of();
    }
    List<ObjectiveAlarm> alarms = changed.stream().map(ObjectiveCase::alarm).toList();
    changed.clear();
    return alarms;
  }

  private void take(ObjectiveChange change) {
    ObjectiveCase alarm = open.get(change.objective());
    if (alarm == null) {
      if (change.level() == Level.MET) {
        // Of a suspicion whose alarm was over before it was.
        return;
      }
      alarm = together(change).orElseGet(() -> new ObjectiveCase(change));
      open.put(change.objective(), alarm);
    }
    alarm.take(change);
    changed.add(alarm);
    if (alarm.isOver()) {
      open.values().removeIf(ObjectiveCase::isOver);
    }
  }

  private Optional<ObjectiveCase> together(ObjectiveChange change) {
    return open.values().stream()
        .filter(
            alarm -> Duration.between(alarm.began(), change.began()).abs().compareTo(TOGETHER) <= 0)
        .findFirst();
  }

  /** Each minute knows the numbers better. */
  private void refresh() {
    Instant until = watch.judgedUntil();
    if (until.equals(refreshed)) {
      return;
    }
    refreshed = until;
    open.forEach(
        (objective, alarm) ->
            watch
                .evidence(objective)
                .filter(evidence -> alarm.refine(objective, evidence, until))
                .ifPresent(evidence -> changed.add(alarm)));
  }
}
