// SPDX-License-Identifier: Apache-2.0
package halfsecond.common.concurrent;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Counts open work and can be closed: after that nothing more may enter, and it is drained as soon
 * as all that entered has left. Safe for use by any thread.
 */
public final class DrainEpoch {
  private final Object lock = new Object();
  private final CountDownLatch drained = new CountDownLatch(1);
  private final CompletableFuture<Void> whenDrained = new CompletableFuture<>();

  @GuardedBy("lock")
  private int open;

  @GuardedBy("lock")
  private boolean closed;

  /** One piece of work. */
  public final class Entry implements AutoCloseable {
    private final AtomicBoolean left = new AtomicBoolean();

    private Entry() {}

    /** Leaves; a second call does nothing. */
    @Override
    public void close() {
      if (left.compareAndSet(false, true)) {
        leave();
      }
    }
  }

  /** Enters, or returns nothing once the epoch is closed. */
  public Optional<Entry> enter() {
    synchronized (lock) {
      if (closed) {
        return Optional.empty();
      }
      open++;
    }
    return Optional.of(new Entry());
  }

  /** Work that has entered and not left. */
  public int open() {
    synchronized (lock) {
      return open;
    }
  }

  public boolean isClosed() {
    synchronized (lock) {
      return closed;
    }
  }

  /** Lets nothing more enter. May be called often. */
  public void close() {
    boolean empty;
    synchronized (lock) {
      closed = true;
      empty = open == 0;
    }
    if (empty) {
      complete();
    }
  }

  /** Waits until closed and empty; false if the time ran out first. */
  public boolean awaitDrained(Duration limit) throws InterruptedException {
    return drained.await(limit.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Completes once closed and empty, on the thread that closed the epoch or left last. */
  public CompletableFuture<Void> whenDrained() {
    return whenDrained.copy();
  }

  private void leave() {
    boolean last;
    synchronized (lock) {
      open--;
      last = closed && open == 0;
    }
    if (last) {
      complete();
    }
  }

  private void complete() {
    drained.countDown();
    whenDrained.complete(null);
  }
}
