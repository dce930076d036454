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
    /** It fires, or is worse than what was told. */
    FIRED,
    /** It still fires, and nobody has seen it. */
    REMINDER,
    /** It is over. */
    RESOLVED
  }
}
