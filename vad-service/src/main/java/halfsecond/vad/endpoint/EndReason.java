// SPDX-License-Identifier: Apache-2.0
package halfsecond.vad.endpoint;

/** Why an utterance ended. */
public enum EndReason {
  /** Silence for the whole hangover. */
  END_OF_SPEECH,
  /** The client asked for it. */
  FINALIZE,
  /** The longest utterance was reached; the next may continue at the next sample. */
  MAX_DURATION,
  /** The audio ended. */
  STREAM_END
}
