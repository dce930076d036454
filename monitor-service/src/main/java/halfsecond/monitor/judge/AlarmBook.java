// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.judge;

import halfsecond.monitor.judge.Alarm.Evidence;
import halfsecond.monitor.judge.Alarm.Kind;
import halfsecond.monitor.judge.Alarm.Traffic;
import halfsecond.monitor.statistics.RateSplit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All alarms. Changes that began at about the same time are one alarm: they have one cause until
 * somebody shows otherwise. Not safe for use by several threads.
 */
final class AlarmBook {
  /** Older ones that are over are forgotten; nothing new can belong to them. */
  private static final int REMEMBERED = 1_000;

  /** In the order in which they fired; one that has not, in that in which it was suspected. */
  private final Deque<Case> cases = new ArrayDeque<>();

  private final Map<SeriesId, Case> open = new HashMap<>();
  private final Map<SeriesId, Case> suspected = new HashMap<>();
  private final Set<Case> changed = new LinkedHashSet<>();
  private final Duration together;
  private long begun;
  private @Nullable Case load;

  /**
   * @param together how well the beginning of a change is known
   */
  AlarmBook(Duration together) {
    this.together = together;
  }

  /** What may be a change. If it may belong to an alarm that fires, that has been said. */
  void suspect(SeriesId series, Finding finding) {
    if (firing(series, finding).isPresent()) {
      return;
    }
    Case alarm =
        suspected(series, finding)
            .orElseGet(() -> begin(Kind.QUALITY, finding.began(), finding.found()));
    alarm.add(new Evidence(series, finding, Optional.empty()));
    suspected.put(series, alarm);
    changed.add(alarm);
  }

  /** It was none. */
  void cleared(SeriesId series, Instant at) {
    Case alarm = suspected.remove(series);
    if (alarm != null) {
      alarm.withdraw(series, at);
      changed.add(alarm);
      forgetUnfired(alarm);
    }
  }

  void found(SeriesId series, Finding finding, Optional<RateSplit> split) {
    Case alarm = firing(series, finding).orElse(null);
    if (alarm == null) {
      alarm =
          suspected(series, finding)
              .orElseGet(() -> begin(Kind.QUALITY, finding.began(), finding.found()));
      Case sure = alarm;
      suspected.values().removeIf(it -> it == sure);
      alarm.fire(finding.began(), finding.found());
      cases.remove(alarm);
      cases.addLast(alarm);
    }
    cleared(series, finding.found());
    alarm.add(new Evidence(series, finding, split));
    open.put(series, alarm);
    changed.add(alarm);
  }

  /**
   * Whether a period shows a change only because it began when an alarm that is over by now was on,
   * as far as can be told: the next periods will tell.
   */
  boolean leftOver(SeriesId series, Finding finding) {
    return firing(series, finding).isEmpty()
        && cases.stream()
            .filter(alarm -> alarm.kind() == Kind.QUALITY && !alarm.firing())
            .anyMatch(
                alarm -> alarm.lastedUntil(finding.began()) && alarm.concerns(series, finding));
  }

  /** How large a change that was found is. */
  void measured(SeriesId series, Finding finding) {
    Case alarm = open.get(series);
    if (alarm != null) {
      alarm.measured(series, finding);
      changed.add(alarm);
    }
  }

  void over(SeriesId series, Instant at) {
    Case alarm = open.remove(series);
    if (alarm != null) {
      alarm.over(series, at);
      changed.add(alarm);
    }
  }

  void load(LoadWatch.Change change, Instant at) {
    Kind kind = change.load() == LoadWatch.Load.NONE ? Kind.NO_DATA : Kind.LOAD;
    Case before = load;
    boolean confirmed =
        before != null && !before.hasFired() && change.load() == LoadWatch.Load.HIGH;
    if (before != null && !confirmed) {
      before.resolve(at);
      changed.add(before);
      forgetUnfired(before);
      load = null;
    }
    if (change.load() != LoadWatch.Load.USUAL) {
      Case alarm = load == null ? begin(kind, change.at(), at) : load;
      if (change.load() != LoadWatch.Load.SUSPECTED) {
        alarm.fire(alarm.began(), at);
      }
      alarm.measured(new Traffic(change.expected(), change.count()));
      changed.add(alarm);
      load = alarm;
    }
  }

  /** Those that have fired and are remembered, oldest first. */
  List<Alarm> all() {
    return cases.stream().filter(Case::hasFired).map(Case::alarm).toList();
  }

  /** Those that go on, suspected ones too. */
  List<Alarm> open() {
    return cases.stream().filter(Case::goesOn).map(Case::alarm).toList();
  }

  /** Those that are new or different since the last call, in the order of their first change. */
  List<Alarm> takeChanges() {
    if (changed.isEmpty()) {
      return List.of();
    }
    List<Alarm> alarms = changed.stream().map(Case::alarm).toList();
    changed.clear();
    return alarms;
  }

  /** Of those that it may belong to, the one that began at about the same time. */
  private Optional<Case> firing(SeriesId series, Finding finding) {
    return cases.stream()
        .filter(alarm -> alarm.kind() == Kind.QUALITY && together(alarm, series, finding))
        .min(Comparator.comparing(alarm -> apart(alarm.began(), finding.began())));
  }

  private boolean together(Case alarm, SeriesId series, Finding finding) {
    if (alarm.comesSlowlyWith(series, finding)) {
      return true;
    }
    boolean atOnce =
        finding.change() == Finding.Change.SUDDEN
            && apart(alarm.began(), finding.began()).compareTo(together) <= 0;
    return alarm.firing() && (atOnce || alarm.concerns(series, finding));
  }

  /** Its own, or of those that are only suspected the one that began at about the same time. */
  private Optional<Case> suspected(SeriesId series, Finding finding) {
    Case own = suspected.get(series);
    return own != null
        ? Optional.of(own)
        : suspected.values().stream()
            .filter(it -> apart(it.began(), finding.began()).compareTo(together) <= 0)
            .min(Comparator.comparing(it -> apart(it.began(), finding.began())));
  }

  private Case begin(Kind kind, Instant began, Instant suspectedAt) {
    // The time makes it unique across restarts, the number within a moment.
    String id = "a" + Long.toString(suspectedAt.toEpochMilli(), 36) + "-" + begun++;
    Case alarm = new Case(id, kind, began, suspectedAt);
    cases.addLast(alarm);
    if (cases.size() > REMEMBERED) {
      // The oldest that is over; those that go on are few, since each holds a series.
      cases.stream().filter(it -> !it.goesOn()).findFirst().ifPresent(cases::remove);
    }
    return alarm;
  }

  /** Nothing new can belong to what came to nothing. */
  private void forgetUnfired(Case alarm) {
    if (!alarm.goesOn() && !alarm.hasFired()) {
      cases.remove(alarm);
    }
  }

  private static Duration apart(Instant one, Instant other) {
    return Duration.between(one, other).abs();
  }
}
