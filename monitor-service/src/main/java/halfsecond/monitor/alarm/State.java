// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.alarm;

/** Where an alarm is in its life. */
public enum State {
  /** The condition is likely but not certain yet. */
  PENDING,
  /** It is on. */
  FIRING,
  /** It would be firing, but somebody silenced it. */
  SILENCED,
  /** It is over. */
  RESOLVED
}
