// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.alarm;

import java.util.Optional;

/**
 * An alarm as it is at one moment. Immutable.
 *
 * @param sequence of its last change, over all alarms of this monitor; increases
 * @param before the state before that change; empty for a new alarm
 */
public record TrackedAlarm(
    AlarmReport report, Handling handling, State state, long sequence, Optional<State> before) {
  public String id() {
    return report.id();
  }

  /** Changes with every change. */
  public String etag() {
    return Long.toString(sequence, 36);
  }
}
