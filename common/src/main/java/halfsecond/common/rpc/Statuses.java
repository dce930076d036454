// SPDX-License-Identifier: Apache-2.0
package halfsecond.common.rpc;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.Durations;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import halfsecond.common.error.Reason;
import halfsecond.common.error.SpeechException;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How errors cross the wire, in both directions. Every error that leaves carries {@link ErrorInfo}
 * with the domain {@value #DOMAIN} and a reason; text of exceptions that are not refusals never
 * leaves.
 */
public final class Statuses {
  public static final String DOMAIN = "halfsecond";

  /** Metadata key of the id under which an {@code INTERNAL} error was logged. */
  public static final String INCIDENT = "incident";

  private static final Logger LOG = LoggerFactory.getLogger(Statuses.class);

  private Statuses() {}

  public static Status.Code codeOf(Reason reason) {
    return ReasonTable.code(reason);
  }

  /**
   * The status to end a call with. A {@link SpeechException} in the chain of causes speaks for
   * itself, a status that a server of the suite sent passes, a status without a reason gets the one
   * that its code implies; everything else, and {@code INTERNAL}, is a bug: it is logged here,
   * once, under a new incident id that the caller gets instead of its text.
   */
  public static StatusRuntimeException toException(Throwable thrown) {
    return StatusProto.toStatusRuntimeException(toProto(thrown));
  }

  /** The same as a message, for refusals within a stream. */
  public static com.google.rpc.Status toProto(Throwable thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (t instanceof SpeechException refusal) {
        return refusal.reason() == Reason.INTERNAL ? incident(thrown) : refusal(refusal);
      }
      if (t instanceof StatusRuntimeException e) {
        return fromStatus(e.getStatus(), e.getTrailers(), thrown);
      }
      if (t instanceof StatusException e) {
        return fromStatus(e.getStatus(), e.getTrailers(), thrown);
      }
    }
    return incident(thrown);
  }

  /**
   * The reason that an error which arrived from a server carries; empty if it came from elsewhere,
   * such as the transport.
   */
  public static Optional<Reason> reasonOf(Throwable thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (t instanceof SpeechException refusal) {
        return Optional.of(refusal.reason());
      }
      if (t instanceof StatusRuntimeException e) {
        return reasonOf(e.getStatus(), e.getTrailers());
      }
      if (t instanceof StatusException e) {
        return reasonOf(e.getStatus(), e.getTrailers());
      }
    }
    return Optional.empty();
  }

  public static Optional<Reason> reasonOf(Status status, @Nullable Metadata trailers) {
    return details(status, trailers).flatMap(Statuses::reasonOf);
  }

  public static Optional<Reason> reasonOf(com.google.rpc.Status status) {
    return detail(status, ErrorInfo.class)
        .filter(info -> info.getDomain().equals(DOMAIN))
        .flatMap(
            info ->
                Arrays.stream(Reason.values())
                    .filter(r -> r.name().equals(info.getReason()))
                    .findFirst());
  }

  /**
   * An error that arrived from a server, in the words of the domain: with its reason, metadata and
   * retry delay. What carries no reason gets the one that its code implies, so a lost connection is
   * {@code BACKEND_UNAVAILABLE}.
   */
  public static SpeechException toRefusal(Throwable thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (t instanceof SpeechException refusal) {
        return refusal;
      }
      if (t instanceof StatusRuntimeException e) {
        return toRefusal(e.getStatus(), e.getTrailers(), e);
      }
      if (t instanceof StatusException e) {
        return toRefusal(e.getStatus(), e.getTrailers(), e);
      }
    }
    return new SpeechException(Reason.INTERNAL, ReasonTable.text(Reason.INTERNAL), thrown);
  }

  /** True if the status is one that {@link #toProto} made, here or in another server. */
  static boolean isComplete(Status status, Metadata trailers) {
    return reasonOf(status, trailers).isPresent();
  }

  private static SpeechException toRefusal(
      Status status, @Nullable Metadata trailers, Throwable cause) {
    Optional<com.google.rpc.Status> details = details(status, trailers);
    Optional<Reason> reason = details.flatMap(Statuses::reasonOf);
    if (details.isEmpty() || reason.isEmpty()) {
      Reason implied = ReasonTable.forBare(status.getCode());
      return new SpeechException(implied, ReasonTable.text(implied), cause);
    }
    Map<String, String> metadata =
        detail(details.get(), ErrorInfo.class).map(ErrorInfo::getMetadataMap).orElse(Map.of());
    SpeechException refusal =
        new SpeechException(reason.get(), details.get().getMessage(), metadata);
    return detail(details.get(), RetryInfo.class)
        .map(
            retry ->
                refusal.withRetryAfter(Duration.ofNanos(Durations.toNanos(retry.getRetryDelay()))))
        .orElse(refusal);
  }

  private static com.google.rpc.Status fromStatus(
      Status status, @Nullable Metadata trailers, Throwable thrown) {
    Optional<com.google.rpc.Status> details = details(status, trailers);
    if (details.flatMap(Statuses::reasonOf).isPresent()) {
      return details.get();
    }
    if (status.getCause() != null && status.getCause() != thrown) {
      return toProto(status.getCause());
    }
    Reason implied = ReasonTable.forBare(status.getCode());
    return implied == Reason.INTERNAL
        ? incident(thrown)
        : refusal(new SpeechException(implied, ReasonTable.text(implied)));
  }

  private static com.google.rpc.Status refusal(SpeechException refusal) {
    com.google.rpc.Status.Builder status =
        proto(refusal.reason(), refusal.text(), refusal.metadata());
    refusal
        .retryAfter()
        .or(() -> ReasonTable.retryAfter(refusal.reason()))
        .map(
            delay ->
                RetryInfo.newBuilder().setRetryDelay(Durations.fromNanos(delay.toNanos())).build())
        .ifPresent(retry -> status.addDetails(Any.pack(retry)));
    return status.build();
  }

  private static com.google.rpc.Status incident(Throwable thrown) {
    String id = UUID.randomUUID().toString();
    LOG.atError().setCause(thrown).addKeyValue(INCIDENT, id).log("call failed by a bug");
    return proto(Reason.INTERNAL, ReasonTable.text(Reason.INTERNAL), Map.of(INCIDENT, id)).build();
  }

  private static com.google.rpc.Status.Builder proto(
      Reason reason, String text, Map<String, String> metadata) {
    ErrorInfo info =
        ErrorInfo.newBuilder()
            .setDomain(DOMAIN)
            .setReason(reason.name())
            .putAllMetadata(metadata)
            .build();
    return com.google.rpc.Status.newBuilder()
        .setCode(ReasonTable.code(reason).value())
        .setMessage(text)
        .addDetails(Any.pack(info));
  }

  private static Optional<com.google.rpc.Status> details(
      Status status, @Nullable Metadata trailers) {
    return Optional.ofNullable(
        trailers == null ? null : StatusProto.fromStatusAndTrailers(status, trailers));
  }

  private static <M extends com.google.protobuf.Message> Optional<M> detail(
      com.google.rpc.Status status, Class<M> type) {
    for (Any any : status.getDetailsList()) {
      if (any.is(type)) {
        try {
          return Optional.of(any.unpack(type));
        } catch (InvalidProtocolBufferException e) {
          return Optional.empty();
        }
      }
    }
    return Optional.empty();
  }
}
