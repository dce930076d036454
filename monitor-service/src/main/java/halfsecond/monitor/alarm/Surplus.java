// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.alarm;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Says which alarms are too many to be kept: the oldest of those that are over, but none that
 * silences others. What was only suspected has less room, and none of that of the others.
 */
final class Surplus {
  /** Part of the room of the others. */
  private static final int SUSPECTED = 10;

  private Surplus() {}

  /**
   * The ids of those.
   *
   * @param kept alarms that have fired and are over
   */
  static List<String> among(Collection<TrackedAlarm> alarms, int kept, Instant now) {
    return Stream.concat(
            oldest(alarms, true, kept, now),
            oldest(alarms, false, Math.max(1, kept / SUSPECTED), now))
        .toList();
  }

  private static Stream<String> oldest(
      Collection<TrackedAlarm> alarms, boolean fired, int kept, Instant now) {
    return alarms.stream()
        .filter(alarm -> alarm.state() == State.RESOLVED)
        .filter(alarm -> alarm.report().fired().isPresent() == fired)
        .filter(alarm -> !alarm.handling().silencesAlike(now))
        .sorted(Comparator.comparing((TrackedAlarm alarm) -> alarm.report().suspected()).reversed())
        .skip(kept)
        .map(TrackedAlarm::id);
  }
}
