// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.session;

import halfsecond.common.error.Reason;
import halfsecond.common.error.SpeechException;
import java.time.Duration;

/**
 * A stream to a backend ended without its answer.
 *
 * @param reason what the backend said, or BACKEND_UNAVAILABLE when it said nothing that we
 *     understand
 */
public record BackendFailure(Reason reason) {
  static final BackendFailure LOST = new BackendFailure(Reason.BACKEND_UNAVAILABLE);

  private static final Duration RETRY = Duration.ofSeconds(1);

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
      default ->
          new SpeechException(Reason.BACKEND_UNAVAILABLE, "a service that is needed was lost")
              .withRetryAfter(RETRY);
    };
  }

  /** Whether every later utterance of the session would meet the same refusal. */
  boolean endsSession() {
    return reason == Reason.PHRASES_INVALID || reason == Reason.FIELD_INVALID;
  }
}
