// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.session;

import halfsecond.common.error.Reason;
import halfsecond.common.error.SpeechException;
import halfsecond.router.utterance.ReplayCause;
import java.time.Duration;

/**
 * A stream to a backend ended without its answer.
 *
 * @param reason what the backend said, or BACKEND_UNAVAILABLE when it said nothing that we
 *     understand
 * @param cause what that means for the utterance's next attempt
 */
public record BackendFailure(Reason reason, ReplayCause cause) {
  static final BackendFailure LOST = new BackendFailure(Reason.BACKEND_UNAVAILABLE);

  private static final Duration RETRY = Duration.ofSeconds(1);

  /** As a backend said it. */
  public BackendFailure(Reason reason) {
    this(
        reason,
        switch (reason) {
          case BACKEND_UNAVAILABLE -> ReplayCause.LOST;
          case DRAINING -> ReplayCause.DRAINING;
          default -> ReplayCause.RESET;
        });
  }

  /** The backend is far slower than the others and the clip was taken from it. */
  public static BackendFailure slow() {
    return new BackendFailure(Reason.BACKEND_UNAVAILABLE, ReplayCause.SLOW);
  }

  static BackendFailure hung() {
    return new BackendFailure(Reason.BACKEND_UNAVAILABLE, ReplayCause.HUNG);
  }

  /**
   * What the client is told: its own mistakes as such, everything else as a service that is not
   * there.
   */
  SpeechException asRefusal() {
    return switch (reason) {
      case PHRASES_INVALID ->
          new SpeechException(reason, "the phrase list cannot be used with the model");
      case FIELD_INVALID -> new SpeechException(reason, "a setting is outside of its limits");
      case MODEL_NOT_FOUND, MODEL_NOT_READY ->
          new SpeechException(reason, "the model is not loaded");
      case SATURATED ->
          new SpeechException(reason, "recognition is saturated").withRetryAfter(RETRY);
      case UTTERANCE_TOO_LONG -> new SpeechException(reason, "the utterance is too long");
      default ->
          new SpeechException(Reason.BACKEND_UNAVAILABLE, "a service that is needed was lost")
              .withRetryAfter(RETRY);
    };
  }

  /** Whether it is what the client asked for that cannot be done, here or elsewhere. */
  boolean blamesClient() {
    return endsSession() || reason == Reason.UTTERANCE_TOO_LONG;
  }

  /** Whether a backend turned the stream away before it did any work. */
  boolean turnedAway() {
    return switch (reason) {
      case SATURATED, DRAINING, MODEL_NOT_READY, MODEL_NOT_FOUND -> true;
      default -> false;
    };
  }

  /** Whether every later utterance of the session would meet the same refusal. */
  boolean endsSession() {
    return reason == Reason.PHRASES_INVALID || reason == Reason.FIELD_INVALID;
  }
}
