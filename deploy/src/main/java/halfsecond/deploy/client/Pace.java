// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.client;

import java.util.concurrent.locks.LockSupport;

/** When the next piece of audio may leave. Used by the thread that sends. */
public interface Pace {

  /** Nanoseconds on a clock that only moves forward. */
  long now();

  /** Returns at {@code instant} of that clock, or at once when it has passed. */
  void await(long instant) throws InterruptedException;

  /** The same, for audio whose first sample began at {@code instant} of this clock. */
  default Pace startingAt(long instant) {
    Pace clock = this;
    return new Pace() {
      @Override
      public long now() {
        return instant;
      }

      @Override
      public void await(long due) throws InterruptedException {
        clock.await(due);
      }
    };
  }

  /** As a microphone delivers: a piece leaves when its last sample has been spoken. */
  static Pace realTime() {
    return new Pace() {
      @Override
      public long now() {
        return System.nanoTime();
      }

      @Override
      public void await(long instant) throws InterruptedException {
        long left = instant - System.nanoTime();
        while (left > 0) {
          LockSupport.parkNanos(this, left);
          if (Thread.interrupted()) {
            throw new InterruptedException();
          }
          left = instant - System.nanoTime();
        }
      }
    };
  }

  /** As fast as the server takes it; also right for a source that has a pace of its own. */
  static Pace unlimited() {
    return new Pace() {
      @Override
      public long now() {
        return System.nanoTime();
      }

      @Override
      public void await(long instant) {}
    };
  }
}
