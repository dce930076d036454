// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.rpc;

import halfsecond.common.error.Reason;
import halfsecond.common.rpc.Statuses;
import halfsecond.router.session.BackendFailure;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import org.jspecify.annotations.Nullable;

/**
 * The client side of one stream to a backend: responses are asked for one at a time, and nothing is
 * reported once the call was cancelled here. Sending is for one thread at a time; the callbacks are
 * gRPC's, one at a time.
 */
abstract class BackendCall<Q, R> implements ClientResponseObserver<Q, R> {
  private @Nullable ClientCallStreamObserver<Q> requests;
  private volatile boolean cancelled;
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
    if (!cancelled) {
      completed();
    }
  }

  @Override
  public final void onError(Throwable thrown) {
    over = true;
    if (!cancelled) {
      failed(new BackendFailure(Statuses.reasonOf(thrown).orElse(Reason.BACKEND_UNAVAILABLE)));
    }
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
    }
  }

  final void oneMore() {
    if (requests != null && !cancelled) {
      requests.request(1);
    }
  }
}
