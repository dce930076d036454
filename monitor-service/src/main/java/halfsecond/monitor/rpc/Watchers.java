// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.rpc;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import halfsecond.common.error.Reason;
import halfsecond.common.error.SpeechException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Who watches alarms, and their bound. Safe for use by any thread. */
final class Watchers {
  private static final int MOST = 100;

  private final Object lock = new Object();

  @GuardedBy("lock")
  private final Set<WatchAlarmsCall> calls = new LinkedHashSet<>();

  /**
   * @throws SpeechException {@code SATURATED} if there are too many
   */
  void add(WatchAlarmsCall call) {
    synchronized (lock) {
      if (calls.size() >= MOST) {
        throw new SpeechException(Reason.SATURATED, "too many clients watch alarms");
      }
      calls.add(call);
    }
  }

  void remove(WatchAlarmsCall call) {
    synchronized (lock) {
      calls.remove(call);
    }
  }

  void forEach(Consumer<WatchAlarmsCall> action) {
    List<WatchAlarmsCall> all;
    synchronized (lock) {
      all = List.copyOf(calls);
    }
    all.forEach(action);
  }
}
