// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.judge;

import halfsecond.monitor.judge.Alarm.Evidence;
import halfsecond.monitor.judge.Alarm.Kind;
import halfsecond.monitor.statistics.RateSplit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All alarms. Changes that began at about the same time are one alarm: they have one cause until
 * somebody shows otherwise. Not safe for use by several threads.
 */
final class AlarmBook {
  /** How well the beginning of a change is known. */
  private static final Duration TOGETHER = Duration.ofHours(3);

  private final List<Alarm> all = new ArrayList<>();
  private final Map<SeriesId, Alarm> open = new HashMap<>();
  private @Nullable Alarm load;

  void found(SeriesId series, Finding finding, Optional<RateSplit> split) {
    Alarm alarm =
        firing(series, finding)
            .orElseGet(() -> begin(Kind.QUALITY, finding.began(), finding.found()));
    alarm.add(new Evidence(series, finding, split));
    open.put(series, alarm);
  }

  /** How large a change that was found is. */
  void measured(SeriesId series, Finding finding) {
    Alarm alarm = open.get(series);
    if (alarm != null) {
      alarm.measured(series, finding);
    }
  }

  void over(SeriesId series, Instant at) {
    Alarm alarm = open.remove(series);
    if (alarm != null) {
      alarm.over(series, at);
    }
  }

  void load(LoadWatch.Change change, Instant at) {
    Alarm before = load;
    if (before != null) {
      before.resolve(at);
      load = null;
    }
    if (change.load() != LoadWatch.Load.USUAL) {
      Kind kind = change.load() == LoadWatch.Load.HIGH ? Kind.LOAD : Kind.NO_DATA;
      load = begin(kind, change.at(), at);
    }
  }

  List<Alarm> all() {
    return List.copyOf(all);
  }

  /** Of those that it may belong to, the one that began at about the same time. */
  private Optional<Alarm> firing(SeriesId series, Finding finding) {
    return all.stream()
        .filter(alarm -> alarm.kind() == Kind.QUALITY && together(alarm, series, finding))
        .min(Comparator.comparing(alarm -> apart(alarm.began(), finding.began())));
  }

  private static boolean together(Alarm alarm, SeriesId series, Finding finding) {
    if (finding.change() == Finding.Change.GRADUAL) {
      // A day that shows a change may have it from an alarm that is over by now.
      return alarm.resolved().map(end -> end.isAfter(finding.began())).orElse(true)
          && alarm.concerns(series);
    }
    return alarm.resolved().isEmpty()
        && (apart(alarm.began(), finding.began()).compareTo(TOGETHER) <= 0
            || alarm.concerns(series));
  }

  private Alarm begin(Kind kind, Instant began, Instant fired) {
    // The time makes it unique across restarts, the number within a moment.
    String id = "a" + Long.toString(fired.toEpochMilli(), 36) + "-" + all.size();
    Alarm alarm = new Alarm(id, kind, began, fired);
    all.add(alarm);
    return alarm;
  }

  private static Duration apart(Instant one, Instant other) {
    return Duration.between(one, other).abs();
  }
}
