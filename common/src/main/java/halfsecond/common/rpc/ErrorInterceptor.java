// SPDX-License-Identifier: Apache-2.0
package halfsecond.common.rpc;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Guarantees that a call which does not end with OK ends with a reason and never with the text of
 * an exception. Also ends calls whose callbacks throw: the caller is answered as {@link
 * Statuses#toException} says, and the handler hears no more messages, only that the call is
 * complete.
 *
 * <p>Out of its reach is a message over the server's size limit, which the transport refuses before
 * any interceptor: a call that has answered nothing yet ends with a bare RESOURCE_EXHAUSTED whose
 * text names the sizes, one that has is reset and its caller reads CANCELLED. Tighter limits that
 * are to be answered with a reason are the handler's to check.
 */
public final class ErrorInterceptor implements ServerInterceptor {
  private final CallCounts counts;

  public ErrorInterceptor() {
    this(new CallCounts());
  }

  /**
   * Counts here, where the status is known that the caller gets, instead of by one more wrapper
   * around each message.
   */
  ErrorInterceptor(CallCounts counts) {
    this.counts = counts;
  }

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    ReasonedCall<Q, R> reasoned = new ReasonedCall<>(call, counts);
    try {
      GuardedListener<Q> listener =
          new GuardedListener<>(next.startCall(reasoned, headers), reasoned, counts);
      counts.begun(call.getMethodDescriptor().getType());
      return listener;
    } catch (RuntimeException e) {
      reasoned.fail(e);
      return new ServerCall.Listener<>() {};
    }
  }

  /** Puts the reason into the closing status. */
  private static final class ReasonedCall<Q, R> extends SimpleForwardingServerCall<Q, R> {
    private final AtomicBoolean closed = new AtomicBoolean();
    private final CallCounts counts;

    ReasonedCall(ServerCall<Q, R> call, CallCounts counts) {
      super(call);
      this.counts = counts;
    }

    @Override
    public void close(Status status, Metadata trailers) {
      closed.set(true);
      if (status.isOk() || Statuses.isComplete(status, trailers)) {
        counts.answered(status.getCode());
        super.close(status.withCause(null), trailers);
      } else {
        close(Statuses.toException(status.asRuntimeException(trailers)));
      }
    }

    void fail(Throwable thrown) {
      StatusRuntimeException answer = Statuses.toException(thrown);
      if (closed.compareAndSet(false, true)) {
        close(answer);
      }
    }

    private void close(StatusRuntimeException answer) {
      Metadata trailers = answer.getTrailers();
      counts.answered(answer.getStatus().getCode());
      super.close(answer.getStatus(), trailers == null ? new Metadata() : trailers);
    }
  }

  /** Turns what callbacks throw into the end of the call. */
  private static final class GuardedListener<Q> extends SimpleForwardingServerCallListener<Q> {
    private final ReasonedCall<Q, ?> call;
    private final CallCounts counts;
    // Callbacks of one call never overlap.
    private boolean failed;

    GuardedListener(ServerCall.Listener<Q> listener, ReasonedCall<Q, ?> call, CallCounts counts) {
      super(listener);
      this.call = call;
      this.counts = counts;
    }

    @Override
    public void onComplete() {
      counts.over(call.getMethodDescriptor().getType());
      super.onComplete();
    }

    @Override
    public void onCancel() {
      counts.over(call.getMethodDescriptor().getType());
      super.onCancel();
    }

    @Override
    public void onMessage(Q message) {
      guard(() -> super.onMessage(message));
    }

    @Override
    public void onHalfClose() {
      guard(super::onHalfClose);
    }

    @Override
    public void onReady() {
      guard(super::onReady);
    }

    private void guard(Runnable callback) {
      if (failed) {
        return;
      }
      try {
        callback.run();
      } catch (RuntimeException e) {
        failed = true;
        call.fail(e);
      }
    }
  }
}
