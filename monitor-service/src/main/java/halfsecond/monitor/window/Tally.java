// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.window;

/** What is counted exactly. The contract's StageSummary says which is over which. */
public enum Tally {
  /** Finals and refusals of revision 1. */
  UTTERANCES,
  FINALS,
  REJECTED,
  /** Finals for which recognition gave a hypothesis: the denominator of null transcripts. */
  ANSWERED,
  NULL_TRANSCRIPTS,
  NOISE_REJECTED,
  /** Finals that had a budget: the denominator of all that concerns it. */
  BUDGETED,
  DEADLINE_FINALS,
  NO_HYPOTHESIS,
  /** Finals that came after their budget. */
  LATE_FINALS,
  VAD_SHARE_MISSES,
  ROUTE_SHARE_MISSES,
  ASR_SHARE_MISSES,
  DELIVER_SHARE_MISSES,
  REPLAYED,
  /** Records of revision 2. */
  LATE_ANSWERS,
  LATE_ANSWERS_CHANGED,
  TRUNCATED_WORDS
}
