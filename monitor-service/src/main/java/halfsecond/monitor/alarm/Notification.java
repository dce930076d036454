// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.alarm;

/**
 * What somebody should be told.
 *
 * @param alarm as it is now
 */
public record Notification(Kind kind, TrackedAlarm alarm) {
  /** Why now. */
  public enum Kind {
    /** It fires. */
    FIRED,
    /** It still fires, and nobody has seen it. */
    REMINDER,
    /** It is over. */
    RESOLVED
  }
}
