// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.alarm;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Says which alarms are silenced: each by itself, or by another one like it. Not safe for use by
 * several threads.
 */
final class Silences {
  /** Those that silence, or have silenced, others like them. */
  private final Map<String, TrackedAlarm> wide = new HashMap<>();

  /** Takes an alarm as it is now. */
  void note(TrackedAlarm alarm) {
    if (alarm.handling().silence().filter(Handling.Silence::allAlike).isPresent()) {
      wide.put(alarm.id(), alarm);
    } else {
      wide.remove(alarm.id());
    }
  }

  void forget(String id) {
    wide.remove(id);
  }

  /** The state of an alarm that is known by this, and of which this was done. */
  State state(AlarmReport report, Handling handling, Instant now) {
    if (report.resolved().isPresent()) {
      return State.RESOLVED;
    }
    if (handling.silenced(now) || byAnother(report, now)) {
      return State.SILENCED;
    }
    return report.fired().isPresent() ? State.FIRING : State.PENDING;
  }

  private boolean byAnother(AlarmReport report, Instant now) {
    return wide.values().stream()
        // Its own entry may be the one that is being replaced.
        .filter(other -> !other.id().equals(report.id()))
        .anyMatch(other -> other.handling().silencesAlike(now) && other.report().alike(report));
  }
}
