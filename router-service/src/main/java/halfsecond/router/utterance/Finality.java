// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.utterance;

/** Why a final closes its utterance where it does; the names of the speech contract. */
public enum Finality {
  END_OF_SPEECH,
  CLIENT_FINALIZE,
  DEADLINE,
  MAX_DURATION,
  STREAM_END
}
