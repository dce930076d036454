// SPDX-License-Identifier: Apache-2.0
package halfsecond.common.rpc;

import halfsecond.common.error.Reason;
import io.grpc.Status;
import java.time.Duration;
import java.util.Optional;

/** What each reason is on the wire, as the comments of {@code error_reason.proto} promise it. */
final class ReasonTable {
  private static final Duration RETRY_DELAY = Duration.ofSeconds(1);

  private ReasonTable() {}

  static Status.Code code(Reason reason) {
    return switch (reason) {
      case CONFIG_MISSING,
          CONFIG_REPEATED,
          FIELD_INVALID,
          AUDIO_INVALID,
          PHRASES_INVALID,
          MESSAGE_UNEXPECTED ->
          Status.Code.INVALID_ARGUMENT;
      case NOT_FOUND, MODEL_NOT_FOUND -> Status.Code.NOT_FOUND;
      case MODEL_NOT_READY, STATE_CONFLICT -> Status.Code.FAILED_PRECONDITION;
      case SESSION_TOO_LONG, UTTERANCE_TOO_LONG, AUDIO_TIMEOUT -> Status.Code.OUT_OF_RANGE;
      case SATURATED, MESSAGE_TOO_LARGE, FLOW_EXCEEDED -> Status.Code.RESOURCE_EXHAUSTED;
      case DRAINING, REPLAY_EXHAUSTED, BACKEND_UNAVAILABLE -> Status.Code.UNAVAILABLE;
      case UNAUTHENTICATED -> Status.Code.UNAUTHENTICATED;
      case PERMISSION_DENIED -> Status.Code.PERMISSION_DENIED;
      case UNIMPLEMENTED -> Status.Code.UNIMPLEMENTED;
      case DEADLINE_EXCEEDED -> Status.Code.DEADLINE_EXCEEDED;
      case CANCELLED -> Status.Code.CANCELLED;
      case INTERNAL -> Status.Code.INTERNAL;
    };
  }

  /** The delay that a refusal carries when it sets none itself. */
  static Optional<Duration> retryAfter(Reason reason) {
    return switch (reason) {
      case SATURATED, DRAINING, BACKEND_UNAVAILABLE -> Optional.of(RETRY_DELAY);
      default -> Optional.empty();
    };
  }

  /**
   * The reason behind a status that came without one, from the gRPC library or from a handler that
   * did not choose. Codes that the contract does not declare are bugs.
   */
  static Reason forBare(Status.Code code) {
    return switch (code) {
      case INVALID_ARGUMENT -> Reason.FIELD_INVALID;
      case NOT_FOUND -> Reason.NOT_FOUND;
      case FAILED_PRECONDITION -> Reason.STATE_CONFLICT;
      // The library refuses in this way what is too large; our own refusals come with their reason.
      case RESOURCE_EXHAUSTED -> Reason.MESSAGE_TOO_LARGE;
      case UNAVAILABLE -> Reason.BACKEND_UNAVAILABLE;
      case UNAUTHENTICATED -> Reason.UNAUTHENTICATED;
      case PERMISSION_DENIED -> Reason.PERMISSION_DENIED;
      case UNIMPLEMENTED -> Reason.UNIMPLEMENTED;
      case DEADLINE_EXCEEDED -> Reason.DEADLINE_EXCEEDED;
      case CANCELLED -> Reason.CANCELLED;
      case OK, UNKNOWN, ABORTED, ALREADY_EXISTS, DATA_LOSS, INTERNAL, OUT_OF_RANGE ->
          Reason.INTERNAL;
    };
  }

  /** What the caller reads when nobody chose better words. */
  static String text(Reason reason) {
    return switch (reason) {
      case FIELD_INVALID -> "a field is not valid";
      case NOT_FOUND -> "no such thing";
      case STATE_CONFLICT -> "the operation does not fit the state";
      case MESSAGE_TOO_LARGE -> "the message is too large";
      case BACKEND_UNAVAILABLE -> "a service that is needed cannot be reached";
      case UNAUTHENTICATED -> "credentials are missing or not valid";
      case PERMISSION_DENIED -> "the caller may not do this";
      case UNIMPLEMENTED -> "the method is not served here";
      case DEADLINE_EXCEEDED -> "the caller's deadline has passed";
      case CANCELLED -> "the call was cancelled";
      case INTERNAL -> "internal error";
      default ->
          throw new IllegalArgumentException("no status stands for " + reason + " by itself");
    };
  }
}
