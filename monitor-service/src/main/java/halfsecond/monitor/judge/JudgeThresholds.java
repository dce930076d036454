// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.judge;

import halfsecond.monitor.threshold.Setting;
import halfsecond.monitor.threshold.Target;
import halfsecond.monitor.threshold.ThresholdChange;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;

/**
 * What people set, from the time on at which they did, so that records that are judged again after
 * a restart are judged as before; and what the judge adapted by itself. Not safe for use by several
 * threads.
 */
final class JudgeThresholds {
  private static final int REMEMBERED = 5_000;

  /** A limit that moves less is the same one, as a share of it. */
  private static final double SAME = 0.01;

  private final Map<Target, Setting> settings = new HashMap<>();
  private final Queue<ThresholdChange> coming =
      new PriorityQueue<>(
          Comparator.comparing(ThresholdChange::at).thenComparing(ThresholdChange::id));

  /** The latest that was applied, removals too: an older one may be heard of later. */
  private final Map<Target, ThresholdChange> applied = new HashMap<>();

  private final Map<Target, Double> effects = new HashMap<>();
  private final Deque<ThresholdChange> adaptations = new ArrayDeque<>();

  /** Takes a change that holds from its time on. */
  void add(ThresholdChange change) {
    coming.add(change);
  }

  /** Applies the changes whose time has come; returns what they are about. */
  List<Target> due(Instant now) {
    List<Target> changed = new ArrayList<>();
    for (ThresholdChange next = coming.peek();
        next != null && !next.at().isAfter(now);
        next = coming.peek()) {
      coming.remove();
      ThresholdChange latest = applied.get(next.target());
      if (latest != null && next.at().isBefore(latest.at())) {
        continue;
      }
      applied.put(next.target(), next);
      Setting after = next.after();
      if (after == null) {
        settings.remove(next.target());
      } else {
        settings.put(next.target(), after);
      }
      changed.add(next.target());
    }
    return changed;
  }

  /** What holds: the most particular that is set. */
  Setting of(Target target) {
    Setting own = settings.get(target);
    return own != null ? own : settings.getOrDefault(target.general(), Setting.NONE);
  }

  /** What is set of which. */
  Map<Target, Setting> settings() {
    return Map.copyOf(settings);
  }

  /** Notes what a series is judged by now, if nobody set it. */
  void adapted(Target target, Watched watched, Watch watch, Instant at) {
    if (watch.criteria().minimumEffect().isPresent()) {
      return;
    }
    double now = watch.minimumEffect();
    double before = effects.getOrDefault(target, Yardstick.beginning(watched));
    if (Math.abs(now - before) > SAME * before) {
      adaptations.addFirst(
          new ThresholdChange(
              "",
              target,
              Setting.adapted(before),
              Setting.adapted(now),
              at,
              ThresholdChange.MONITOR,
              String.format(
                  Locale.ROOT,
                  "follows the variation of the metric, as %d values show it",
                  watch.referenceCount())));
      if (adaptations.size() > REMEMBERED) {
        adaptations.removeLast();
      }
      effects.put(target, now);
    }
  }

  /** Newest first. */
  List<ThresholdChange> adaptations() {
    return List.copyOf(adaptations);
  }
}
