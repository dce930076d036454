// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.alarm;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import halfsecond.monitor.judge.Alarm;
import halfsecond.monitor.judge.Judge;
import halfsecond.monitor.record.UtteranceRecord;
import java.time.Instant;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the judge see every record, one after the other, and puts what it says on the desk. Safe for
 * use by any thread; nothing but memory is waited for.
 */
public final class JudgeDesk {
  private static final Logger LOG = LoggerFactory.getLogger(JudgeDesk.class);

  private final Object lock = new Object();

  @GuardedBy("lock")
  private final Judge judge;

  private final AlarmDesk desk;

  /**
   * @param judge owned from here on
   */
  public JudgeDesk(Judge judge, AlarmDesk desk) {
    this.judge = judge;
    this.desk = desk;
  }

  /**
   * Takes a record that was not seen before. Never throws: a record that the judge cannot stand is
   * logged and still counts everywhere else.
   */
  public void take(UtteranceRecord utterance) {
    synchronized (lock) {
      try {
        judge.add(utterance);
        report();
      } catch (RuntimeException e) {
        LOG.atError()
            .addKeyValue("utterance", utterance.id().utteranceId())
            .setCause(e)
            .log("a record could not be judged");
      }
    }
  }

  /** What was kept has been taken again: what went on before and is not found again is over. */
  public void settle() {
    synchronized (lock) {
      desk.settle(
          judge.alarms().stream()
              .filter(alarm -> alarm.resolved().isEmpty())
              .map(Alarm::id)
              .collect(Collectors.toSet()));
    }
  }

  /** Lets time pass; to be called every few seconds. */
  public void tick(Instant now) {
    synchronized (lock) {
      judge.tick(now);
      report();
    }
    desk.tick();
  }

  /** Within the lock, so that of two changes of an alarm the later one stays. */
  @GuardedBy("lock")
  private void report() {
    judge.takeChanges().forEach(alarm -> desk.report(Reporting.of(alarm)));
  }
}
