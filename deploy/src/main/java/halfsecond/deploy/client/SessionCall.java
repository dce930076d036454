// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.client;

import halfsecond.speech.v1.StreamingRecognizeRequest;
import halfsecond.speech.v1.StreamingRecognizeResponse;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The state of one stream: what was received, whether it has ended, and whether the transport wants
 * more. Callbacks come from the channel's threads, one at a time; the listener is called there,
 * outside of the lock.
 */
final class SessionCall
    implements ClientResponseObserver<StreamingRecognizeRequest, StreamingRecognizeResponse> {

  private final Consumer<Received> listener;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<Received> received = new ArrayList<>();
  private @Nullable ClientCallStreamObserver<StreamingRecognizeRequest> requests;
  private @Nullable Status status;
  private @Nullable Metadata trailers;
  private boolean halfClosed;

  SessionCall(Consumer<Received> listener) {
    this.listener = listener;
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<StreamingRecognizeRequest> requestStream) {
    requests = requestStream;
    requestStream.setOnReadyHandler(this::wake);
  }

  @Override
  public void onNext(StreamingRecognizeResponse response) {
    Received answer = new Received(response, System.nanoTime());
    lock.lock();
    try {
      received.add(answer);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    listener.accept(answer);
  }

  @Override
  public void onError(Throwable failure) {
    end(Status.fromThrowable(failure), Status.trailersFromThrowable(failure));
  }

  @Override
  public void onCompleted() {
    end(Status.OK, null);
  }

  boolean send(StreamingRecognizeRequest request) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (status == null && !stream().isReady()) {
        changed.await();
      }
      if (status != null) {
        return false;
      }
      stream().onNext(request);
      return true;
    } finally {
      lock.unlock();
    }
  }

  void halfClose() {
    lock.lock();
    try {
      if (status == null && !halfClosed) {
        halfClosed = true;
        stream().onCompleted();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Safe from any thread: a sender that waits for the transport is woken by the end of the call.
   */
  void cancel(Status reason) {
    stream().cancel(reason.getDescription(), null);
  }

  /** Waits for the first answer or the end; false when neither comes within {@code timeout}. */
  boolean awaitAnswer(Duration timeout) throws InterruptedException {
    long left = timeout.toNanos();
    lock.lockInterruptibly();
    try {
      while (status == null && received.isEmpty() && left > 0) {
        left = changed.awaitNanos(left);
      }
      return status != null || !received.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  Optional<SessionResult> await(Duration timeout) throws InterruptedException {
    long left = timeout.toNanos();
    lock.lockInterruptibly();
    try {
      while (status == null && left > 0) {
        left = changed.awaitNanos(left);
      }
      return status == null ? Optional.empty() : Optional.of(result(status));
    } finally {
      lock.unlock();
    }
  }

  SessionResult soFar() {
    lock.lock();
    try {
      return result(status == null ? Status.UNKNOWN.withDescription("still open") : status);
    } finally {
      lock.unlock();
    }
  }

  private SessionResult result(Status ended) {
    return new SessionResult(received, ended, trailers);
  }

  private void end(Status reason, @Nullable Metadata with) {
    lock.lock();
    try {
      status = reason;
      trailers = with;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void wake() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private ClientCallStreamObserver<StreamingRecognizeRequest> stream() {
    ClientCallStreamObserver<StreamingRecognizeRequest> stream = requests;
    if (stream == null) {
      throw new IllegalStateException("the call has not started");
    }
    return stream;
  }
}
