// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.intake;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import halfsecond.common.error.SpeechException;
import halfsecond.monitor.record.UtteranceRecord;
import halfsecond.monitor.window.UtteranceWindows;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * The way of every record into the windows. Safe for use by any thread; nothing but memory is
 * waited for.
 */
public final class Intake {
  private final UtteranceWindows windows;
  private final Consumer<UtteranceRecord> judge;
  private final Object lock = new Object();

  @GuardedBy("lock")
  private final RecentIds recent;

  /**
   * @param judge given every record once, in the order in which they were counted; must not throw
   * @param remembered records that are recognized when they come again, the newest so many
   */
  public Intake(UtteranceWindows windows, Consumer<UtteranceRecord> judge, int remembered) {
    this.windows = windows;
    this.judge = judge;
    this.recent = new RecentIds(remembered);
  }

  /**
   * Counts a record unless it is known.
   *
   * @return false if it is known; nothing changes then
   * @throws SpeechException {@code FIELD_INVALID} if its time is not one that is kept; it may be
   *     sent again
   */
  public boolean take(UtteranceRecord utterance, Instant now) {
    synchronized (lock) {
      if (recent.contains(utterance.id())) {
        return false;
      }
      windows.add(utterance, now);
      recent.add(utterance.id());
      judge.accept(utterance);
      return true;
    }
  }
}
