// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.rpc;

import halfsecond.common.error.Reason;
import halfsecond.common.rpc.Statuses;
import halfsecond.router.session.BackendFailure;
import io.grpc.Context;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The client side of one stream to a backend: responses are asked for one at a time, and nothing is
 * reported once the call was cancelled here. Sending is for one thread at a time; the callbacks are
 * gRPC's, one at a time.
 */
abstract class BackendCall<Q, R> implements ClientResponseObserver<Q, R> {
  /**
   * Of this call alone. Cancelling it is safe on any thread, which cancelling the call is not while
   * another one sends.
   */
  private final Context.CancellableContext context = Context.ROOT.withCancellation();

  private @Nullable ClientCallStreamObserver<Q> requests;
  private volatile boolean cancelled;
  private volatile boolean ousted;
  private volatile boolean over;
  private boolean halfClosed;

  /** Takes one response. */
  abstract void received(R response);

  /** The stream takes requests again. */
  abstract void ready();

  /** The stream ended with OK. */
  abstract void completed();

  /** The stream ended otherwise. */
  abstract void failed(BackendFailure failure);

  /** How the stream ended by the backend's doing, before {@link #failed}. */
  void blame(Status.Code code, Optional<Reason> reason) {}

  /** The stream is over, in whatever way. May be called more than once, on any thread. */
  void released() {}

  /** Opens the call by what is given. */
  final void open(Runnable opening) {
    context.run(opening);
  }

  @Override
  public final void beforeStart(ClientCallStreamObserver<Q> stream) {
    requests = stream;
    stream.disableAutoRequestWithInitial(1);
    stream.setOnReadyHandler(
        () -> {
          if (!cancelled) {
            ready();
          }
        });
  }

  @Override
  public final void onNext(R response) {
    if (!cancelled) {
      received(response);
    }
  }

  @Override
  public final void onCompleted() {
    over = true;
    released();
    if (!cancelled) {
      completed();
    }
  }

  @Override
  public final void onError(Throwable thrown) {
    over = true;
    released();
    if (cancelled) {
      return;
    }
    if (ousted) {
      failed(BackendFailure.slow());
      return;
    }
    Optional<Reason> reason = Statuses.reasonOf(thrown);
    blame(Status.fromThrowable(thrown).getCode(), reason);
    failed(new BackendFailure(reason.orElse(Reason.BACKEND_UNAVAILABLE)));
  }

  final boolean writable() {
    return requests != null && !cancelled && !over && requests.isReady();
  }

  final void send(Q request) {
    if (requests != null && !cancelled && !over && !halfClosed) {
      requests.onNext(request);
    }
  }

  final void endRequests() {
    if (requests != null && !cancelled && !over && !halfClosed) {
      halfClosed = true;
      requests.onCompleted();
    }
  }

  final void giveUp() {
    if (requests != null && !cancelled) {
      cancelled = true;
      requests.cancel("given up by the router", null);
      released();
    }
  }

  /** Takes the stream from a backend that is too slow, which is reported as its end. Any thread. */
  final void oust() {
    if (!cancelled && !over) {
      ousted = true;
      boolean unused = context.cancel(null);
    }
  }

  final void oneMore() {
    if (requests != null && !cancelled) {
      requests.request(1);
    }
  }
}
