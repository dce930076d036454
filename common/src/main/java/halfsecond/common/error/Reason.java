// SPDX-License-Identifier: Apache-2.0
package halfsecond.common.error;

/**
 * Why a call or an utterance is refused: the values of the contract's {@code ErrorReason}, under
 * the same names without their prefix. The proto's comments say what each one means and which
 * status it becomes.
 */
public enum Reason {
  CONFIG_MISSING,
  CONFIG_REPEATED,
  FIELD_INVALID,
  AUDIO_INVALID,
  PHRASES_INVALID,
  MESSAGE_UNEXPECTED,
  NOT_FOUND,
  MODEL_NOT_FOUND,
  MODEL_NOT_READY,
  STATE_CONFLICT,
  SESSION_TOO_LONG,
  UTTERANCE_TOO_LONG,
  AUDIO_TIMEOUT,
  SATURATED,
  MESSAGE_TOO_LARGE,
  FLOW_EXCEEDED,
  DRAINING,
  REPLAY_EXHAUSTED,
  BACKEND_UNAVAILABLE,
  UNAUTHENTICATED,
  PERMISSION_DENIED,
  UNIMPLEMENTED,
  DEADLINE_EXCEEDED,
  CANCELLED,
  INTERNAL
}
