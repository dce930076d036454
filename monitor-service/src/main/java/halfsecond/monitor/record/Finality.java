// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.record;

/** Why a final closed its utterance where it did; the values of the contract. */
public enum Finality {
  END_OF_SPEECH,
  CLIENT_FINALIZE,
  /** The budget ran out: the client got the best hypothesis there was. */
  DEADLINE,
  MAX_DURATION,
  STREAM_END
}
