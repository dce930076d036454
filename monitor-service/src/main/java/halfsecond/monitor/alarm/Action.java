// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.alarm;

import java.time.Instant;

/** What somebody does about an alarm. */
public sealed interface Action {
  /** Who. */
  String actor();

  /** What they wrote; may be empty. */
  String text();

  /** It has been seen: no reminders. */
  record Acknowledge(String actor, String text) implements Action {}

  /** Remind later. */
  record Snooze(String actor, Instant until) implements Action {
    @Override
    public String text() {
      return "";
    }
  }

  /** A note. */
  record Annotate(String actor, String text) implements Action {}

  /**
   * Do not show it.
   *
   * @param allAlike nor others on the same metric and cohort, as long as it lasts
   */
  record Silence(String actor, String text, Instant until, boolean allAlike) implements Action {}

  /** Undo a silence. */
  record Unsilence(String actor, String text) implements Action {}
}
