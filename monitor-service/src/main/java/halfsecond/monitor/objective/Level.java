// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.objective;

/** How badly an objective is missed, in rising order. */
public enum Level {
  /** It is met. */
  MET,
  /** It may soon be missed: no reason to do anything yet. */
  SUSPECTED,
  /** Somebody should look within a day. */
  TICKET,
  /** People are hurt now. */
  PAGE
}
