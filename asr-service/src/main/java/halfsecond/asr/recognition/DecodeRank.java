// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.recognition;

/** How urgent a waiting clip is, most urgent first. */
enum DecodeRank {
  /**
   * The clip is over: only native memory is to be given back, which takes no time and makes room.
   */
  RELEASING,
  /** Its speech is over and somebody waits for the answer. */
  LIVE_FINISHING,
  /** Somebody is speaking. */
  LIVE,
  /** Answered in time with what there was; the rest is decoded for the record. */
  LATE,
  BATCH_FINISHING,
  BATCH
}
