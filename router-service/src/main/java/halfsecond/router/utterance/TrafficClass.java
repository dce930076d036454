// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.utterance;

/** How urgent a session is; the names of the speech contract. */
public enum TrafficClass {
  /** A person waits: the latency budget holds. */
  LIVE,
  /** Nobody waits: never cut short, refused first. */
  BATCH
}
