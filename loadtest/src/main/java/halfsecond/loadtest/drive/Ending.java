// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.drive;

/** How a query ended. */
public enum Ending {
  /** With a final, and the stream closed as it should. */
  ANSWERED,
  /** Refused for lack of capacity, before or after its speech began. */
  REFUSED,
  /** The stream broke, whatever came before. */
  FAILED,
  /** No final by the time at which nobody would still wait, or the stream closed without one. */
  UNANSWERED
}
