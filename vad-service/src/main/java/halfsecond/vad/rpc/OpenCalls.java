// SPDX-License-Identifier: Apache-2.0
package halfsecond.vad.rpc;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import halfsecond.common.error.Reason;
import halfsecond.common.error.SpeechException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The calls that are open: admits them up to a limit and, once draining, none. Thread-safe. */
final class OpenCalls {
  private final int limit;
  private final Object lock = new Object();

  @GuardedBy("lock")
  private final Set<DetectCall> open = new HashSet<>();

  @GuardedBy("lock")
  private boolean draining;

  OpenCalls(int limit) {
    this.limit = limit;
  }

  /**
   * @throws SpeechException SATURATED or DRAINING
   */
  void add(DetectCall call) {
    synchronized (lock) {
      if (draining) {
        throw DetectCall.draining();
      }
      if (open.size() >= limit) {
        throw new SpeechException(Reason.SATURATED, "too many streams are open");
      }
      open.add(call);
    }
  }

  void remove(DetectCall call) {
    synchronized (lock) {
      open.remove(call);
    }
  }

  /** Admits no more calls and returns those that are open. */
  List<DetectCall> drain() {
    synchronized (lock) {
      draining = true;
      return List.copyOf(open);
    }
  }
}
