// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.alarm;

/**
 * What somebody should be told.
 *
 * @param alarm as it is now
 * @param occasion tells those of one kind about one alarm apart; the same at all monitors
 */
public record Notification(Kind kind, TrackedAlarm alarm, String occasion) {
  /** The only occasion of an end. */
  static final String OVER = "over";

  /** Why now. */
  public enum Kind {
    /** It fires, or is worse than what was told. */
    FIRED,
    /** It still fires, and nobody has seen it. */
    REMINDER,
    /** It is over. */
    RESOLVED
  }

  /** The same at all monitors that know the alarm. */
  String id() {
    return alarm.id() + " " + kind + " " + occasion;
  }

  /** The id of that which says that the alarm is over. */
  String over() {
    return new Notification(Kind.RESOLVED, alarm, OVER).id();
  }
}
