// SPDX-License-Identifier: Apache-2.0
package halfsecond.common.lifecycle;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Owns resources and closes them in reverse order of registration. All are closed even when some
 * fail: the first failure is thrown with the later ones suppressed in it. A second close does
 * nothing. Safe for use by any thread.
 */
public final class Closer implements AutoCloseable {
  private final Object lock = new Object();

  @GuardedBy("lock")
  private final ArrayDeque<AutoCloseable> owned = new ArrayDeque<>();

  @GuardedBy("lock")
  private boolean closed;

  /**
   * Takes ownership and returns the resource.
   *
   * @throws IllegalStateException if this closer is closed already; the resource is closed before
   *     that is thrown
   */
  public <T extends AutoCloseable> T register(T resource) {
    synchronized (lock) {
      if (!closed) {
        owned.push(resource);
        return resource;
      }
    }
    IllegalStateException late = new IllegalStateException("already closed");
    try {
      resource.close();
    } catch (Exception e) {
      restoreInterrupt(e);
      late.addSuppressed(e);
    }
    throw late;
  }

  /**
   * Unwinds after {@code failure}: closes everything and adds what fails then to it as suppressed.
   */
  public void closeAfter(Throwable failure) {
    try {
      close();
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  /**
   * Closes everything.
   *
   * @throws RuntimeException the first failure; a checked one is wrapped in {@link
   *     IllegalStateException}
   */
  @Override
  public void close() {
    RuntimeException first = null;
    for (AutoCloseable next = next(); next != null; next = next()) {
      try {
        next.close();
      } catch (Exception e) {
        restoreInterrupt(e);
        if (first == null) {
          first =
              e instanceof RuntimeException r ? r : new IllegalStateException("close failed", e);
        } else {
          first.addSuppressed(e);
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }

  private @Nullable AutoCloseable next() {
    synchronized (lock) {
      closed = true;
      return owned.poll();
    }
  }

  private static void restoreInterrupt(Exception e) {
    if (e instanceof InterruptedException) {
      Thread.currentThread().interrupt();
    }
  }
}
