// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.record;

/** How urgent a session was. */
public enum TrafficClass {
  /** A person waited; the budget held. */
  LIVE,
  /** Nobody waited. */
  BATCH
}
