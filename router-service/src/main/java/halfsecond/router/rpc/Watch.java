// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.rpc;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import halfsecond.common.concurrent.Backoff;
import halfsecond.common.concurrent.Scheduler;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A stream of reports that is opened again whenever it ends, until it is closed. While nothing has
 * been heard the connection is tried again and again, so a replica that starts is found within some
 * 300 ms. Safe for use by any thread.
 *
 * @param <R> a report
 */
final class Watch<R> implements AutoCloseable {
  private static final Duration FIRST = Duration.ofMillis(50);
  private static final Duration MOST = Duration.ofMillis(300);

  private final Consumer<StreamObserver<R>> opener;
  private final Runnable reconnect;
  private final Scheduler scheduler;
  private final Listener<R> listener;
  private final Backoff backoff = new Backoff(FIRST, MOST);
  private final Object lock = new Object();

  @GuardedBy("lock")
  private @Nullable Attempt current;

  @GuardedBy("lock")
  private boolean closed;

  /** Hears of it, on any thread, one call at a time. */
  interface Listener<R> {
    /** Whether the watch goes on; else the stream is given up and opened again after a while. */
    boolean heard(R report);

    void lost(Status.Code code);
  }

  /**
   * @param opener starts the call, which waits for the connection
   * @param reconnect tries to connect now
   */
  Watch(
      Consumer<StreamObserver<R>> opener,
      Runnable reconnect,
      Scheduler scheduler,
      Listener<R> listener) {
    this.opener = opener;
    this.reconnect = reconnect;
    this.scheduler = scheduler;
    this.listener = listener;
  }

  /** Begins to watch. To be called once. */
  void start() {
    Attempt next = new Attempt();
    synchronized (lock) {
      if (closed) {
        return;
      }
      current = next;
    }
    opener.accept(next);
    next.press();
  }

  @Override
  public void close() {
    Attempt open;
    synchronized (lock) {
      closed = true;
      open = current;
    }
    if (open != null) {
      open.stop();
    }
  }

  private void later(Runnable task) {
    synchronized (lock) {
      if (!closed) {
        Scheduler.Timer unused = scheduler.after(backoff.next(), task);
      }
    }
  }

  private boolean isClosed() {
    synchronized (lock) {
      return closed;
    }
  }

  private final class Attempt implements ClientResponseObserver<Object, R> {
    private volatile @Nullable ClientCallStreamObserver<Object> call;
    private volatile boolean heard;
    private volatile boolean over;

    @Override
    public void beforeStart(ClientCallStreamObserver<Object> stream) {
      call = stream;
    }

    @Override
    public void onNext(R report) {
      heard = true;
      if (listener.heard(report)) {
        backoff.reset();
      } else {
        stop();
      }
    }

    @Override
    public void onError(Throwable thrown) {
      again(Status.fromThrowable(thrown).getCode());
    }

    @Override
    public void onCompleted() {
      again(Status.Code.OK);
    }

    private void again(Status.Code code) {
      over = true;
      if (!isClosed()) {
        listener.lost(code);
        later(Watch.this::start);
      }
    }

    /** Tries to connect until something was heard. */
    private void press() {
      if (!heard && !over) {
        reconnect.run();
        later(this::press);
      }
    }

    void stop() {
      ClientCallStreamObserver<Object> open = call;
      if (open != null) {
        open.cancel("no longer watched", null);
      }
    }
  }
}
