// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.alarm;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;

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

  /** Changes with its state and with what people do about it, and is the same at all monitors. */
  public String etag() {
    String standing = state + " " + report.severity() + " " + handling;
    return UUID.nameUUIDFromBytes(standing.getBytes(StandardCharsets.UTF_8)).toString();
  }
}
