// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.recognition;

/** Which waiting clip gets the next free decode thread. */
public enum Scheduling {
  /**
   * By {@link DecodeRank}; within a rank the earliest deadline, or the audio that has waited
   * longest.
   */
  DEADLINE,
  /**
   * In the order in which blocks began to wait, whatever they are. Only here so that what {@link
   * #DEADLINE} gains can be measured.
   */
  ARRIVAL
}
