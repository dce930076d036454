// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.utterance;

/** Why an attempt at recognizing an utterance was given up for another one. */
public enum ReplayCause {
  /** The backend's process or connection was lost. */
  LOST,
  /** The backend ended the stream with an error. */
  RESET,
  /** The backend was draining. */
  DRAINING,
  /** The backend made no progress. */
  HUNG,
  /** The backend was far slower than the others. */
  SLOW,
  /** The voice activity detector was lost; recognition itself may have been well. */
  VAD_LOST
}
