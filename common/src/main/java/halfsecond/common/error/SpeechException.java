// SPDX-License-Identifier: Apache-2.0
package halfsecond.common.error;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An expected refusal. The message and the metadata reach the caller, so they never hold audio,
 * transcripts, phrases, paths or text of other exceptions. For {@link Reason#INTERNAL} they do not
 * reach the caller: it gets an incident id instead.
 *
 * <p>Only {@code INTERNAL} records a stack trace; every other reason is part of normal work and
 * costs no more than an object.
 */
public final class SpeechException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Reason reason;
  // Transient only because exceptions are serializable by inheritance; nothing here is ever
  // serialized.
  private final transient Map<String, String> metadata;
  private final transient @Nullable Duration retryAfter;

  public SpeechException(Reason reason, String message) {
    this(reason, message, Map.of(), null, null);
  }

  public SpeechException(Reason reason, String message, Map<String, String> metadata) {
    this(reason, message, metadata, null, null);
  }

  public SpeechException(Reason reason, String message, Throwable cause) {
    this(reason, message, Map.of(), null, cause);
  }

  private SpeechException(
      Reason reason,
      String message,
      Map<String, String> metadata,
      @Nullable Duration retryAfter,
      @Nullable Throwable cause) {
    super(message, cause, true, reason == Reason.INTERNAL);
    this.reason = Objects.requireNonNull(reason, "reason");
    this.metadata = Map.copyOf(metadata);
    this.retryAfter = retryAfter;
  }

  /**
   * {@code FIELD_INVALID} with the metadata that the contract promises: the field's name and its
   * limit in words.
   */
  public static SpeechException fieldInvalid(String field, String limit) {
    return new SpeechException(
        Reason.FIELD_INVALID, field + " must be " + limit, Map.of("field", field, "limit", limit));
  }

  /**
   * The same refusal, telling the caller to wait for {@code delay} (not negative) before the next
   * attempt.
   */
  public SpeechException withRetryAfter(Duration delay) {
    if (delay.isNegative()) {
      throw new IllegalArgumentException("retry delay must not be negative");
    }
    return new SpeechException(reason, text(), metadata, delay, getCause());
  }

  public Reason reason() {
    return reason;
  }

  /** The message, never null. */
  public String text() {
    return Objects.requireNonNullElse(getMessage(), "");
  }

  public Map<String, String> metadata() {
    return metadata;
  }

  /** The delay set here; absent means the default of the reason, if it has one. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
