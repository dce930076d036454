// SPDX-License-Identifier: Apache-2.0
package halfsecond.vad.webrtc;

import com.sun.jna.Pointer;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One native detector and who may touch it: idle, in use by one thread, or freed. Run by the
 * cleaner it frees a detector that its owner forgot and counts that as a leak.
 */
final class Handle implements Runnable {
  private static final Logger logger = LoggerFactory.getLogger(Handle.class);

  private static final int IDLE = 0;
  private static final int IN_USE = 1;
  private static final int FREED = 2;

  private final Pointer pointer;
  private final AtomicInteger state = new AtomicInteger(IDLE);

  Handle() {
    Pointer created = Fvad.fvad_new();
    if (created == null) {
      throw new IllegalStateException("libfvad has no memory for another detector");
    }
    this.pointer = created;
    HandleCounts.opened();
  }

  /** The detector, for the calling thread alone until {@link #release}. */
  Pointer acquire() {
    int before = state.compareAndExchange(IDLE, IN_USE);
    if (before == FREED) {
      throw new IllegalStateException("The detector is closed");
    }
    if (before == IN_USE) {
      throw new IllegalStateException("The detector is in use by another thread");
    }
    return pointer;
  }

  void release() {
    state.set(IDLE);
  }

  /** Frees the detector; does nothing when that has been done. */
  boolean free() {
    int before = state.compareAndExchange(IDLE, FREED);
    if (before == IN_USE) {
      throw new IllegalStateException("The detector is in use by another thread");
    }
    if (before == FREED) {
      return false;
    }
    Fvad.fvad_free(pointer);
    HandleCounts.freed();
    return true;
  }

  @Override
  public void run() {
    if (free()) {
      HandleCounts.leak();
      logger.atWarn().log("A native detector was never closed; freed by garbage collection");
    }
  }
}
