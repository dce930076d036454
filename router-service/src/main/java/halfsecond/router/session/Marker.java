// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.session;

/** The client's own statement about the audio sent so far. */
public enum Marker {
  /** The next audio begins an utterance. */
  SPEECH_START,
  /** The audio so far ends it. */
  SPEECH_END
}
