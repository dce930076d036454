// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.rpc;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import halfsecond.common.error.Reason;
import halfsecond.common.error.SpeechException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The streams of reporters that are open, and their bound. Safe for use by any thread. */
final class OpenCalls {
  private final int most;
  private final Object lock = new Object();

  @GuardedBy("lock")
  private final Set<ReportCall<?, ?>> calls = new LinkedHashSet<>();

  OpenCalls(int most) {
    this.most = most;
  }

  /**
   * @throws SpeechException {@code SATURATED} if there are too many
   */
  void add(ReportCall<?, ?> call) {
    synchronized (lock) {
      if (calls.size() >= most) {
        throw new SpeechException(Reason.SATURATED, "too many reporters");
      }
      calls.add(call);
    }
  }

  void remove(ReportCall<?, ?> call) {
    synchronized (lock) {
      calls.remove(call);
    }
  }

  /** Tells each to end. */
  void drain() {
    List<ReportCall<?, ?>> open;
    synchronized (lock) {
      open = List.copyOf(calls);
    }
    open.forEach(ReportCall::drain);
  }
}
