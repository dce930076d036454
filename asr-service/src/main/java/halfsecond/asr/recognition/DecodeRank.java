// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.recognition;

/** The order in which waiting clips get a decode thread, most urgent first. */
enum DecodeRank {
  /**
   * The clip is over: only native memory is to be given back, which takes no time and makes room.
   */
  RELEASING,
  LIVE_FINISHING,
  LIVE,
  BATCH_FINISHING,
  BATCH;

  static DecodeRank of(Priority priority, boolean finishing) {
    return switch (priority) {
      case LIVE -> finishing ? LIVE_FINISHING : LIVE;
      case BATCH -> finishing ? BATCH_FINISHING : BATCH;
    };
  }
}
