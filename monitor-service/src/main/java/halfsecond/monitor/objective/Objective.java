// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.objective;

/** What was promised. */
public enum Objective {
  /** LIVE finals come within the budget of their session. */
  LATENCY,
  /** LIVE utterances are answered, not refused for a reason that is ours. */
  AVAILABILITY,
  /** No more is asked for than the rate that was planned. */
  THROUGHPUT,
  /** Recognition can carry the planned rate, and what is asked for with a reserve. */
  CAPACITY
}
