// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.alarm;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import halfsecond.monitor.judge.Alarm;
import halfsecond.monitor.judge.Judge;
import halfsecond.monitor.judge.ThresholdInForce;
import halfsecond.monitor.objective.ObjectiveAlarm;
import halfsecond.monitor.objective.ObjectiveBook;
import halfsecond.monitor.record.Feedback;
import halfsecond.monitor.record.UtteranceRecord;
import halfsecond.monitor.threshold.ThresholdChange;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the judge, and who watches the objectives, see every record, one after the other, and puts
 * what they say on the desk. Safe for use by any thread; nothing but memory is waited for.
 */
public final class JudgeDesk {
  private static final Logger LOG = LoggerFactory.getLogger(JudgeDesk.class);

  /**
   * After a restart what went on before may be found again for so long; those who want to hear of
   * its end find the monitor again meanwhile.
   */
  private static final Duration FOUND_AGAIN = Duration.ofMinutes(2);

  private final Object lock = new Object();

  @GuardedBy("lock")
  private final Judge judge;

  @GuardedBy("lock")
  private final ObjectiveBook objectives;

  private final AlarmDesk desk;

  /** When what was not found again is over; null when that is done. */
  @GuardedBy("lock")
  private @Nullable Instant settlesAt;

  /**
   * @param judge owned from here on
   * @param objectives owned from here on
   */
  public JudgeDesk(Judge judge, ObjectiveBook objectives, AlarmDesk desk) {
    this.judge = judge;
    this.objectives = objectives;
    this.desk = desk;
  }

  /**
   * Takes a record that was not seen before. Never throws: a record that the judge cannot stand is
   * logged and still counts everywhere else.
   *
   * @param ingested when it was received: minutes of the objectives that were over by then were
   *     judged without it, whether it is told now or again after a restart
   */
  public void take(UtteranceRecord utterance, Instant ingested) {
    synchronized (lock) {
      try {
        objectives.tick(ingested);
        objectives.add(utterance);
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

  /** Takes what a user did with an utterance, whose record may come later. */
  public void react(UtteranceRecord about, Feedback.Kind kind) {
    synchronized (lock) {
      judge.react(about, kind);
    }
  }

  /** Takes what was set before the start; each holds for the records from its time on. */
  public void remember(List<ThresholdChange> changes) {
    synchronized (lock) {
      changes.forEach(judge::set);
    }
  }

  /**
   * Takes what somebody has just set. It holds at once, also if it is of a later time: because the
   * clock of another monitor is ahead, or two were set at the same time.
   */
  public void obey(ThresholdChange change) {
    synchronized (lock) {
      judge.obey(change);
      report();
    }
  }

  /** What decides now whether change is an alarm. */
  public List<ThresholdInForce> thresholds() {
    synchronized (lock) {
      return judge.thresholds();
    }
  }

  /** What the judge adapted by itself, newest first. */
  public List<ThresholdChange> adaptations() {
    synchronized (lock) {
      return judge.adaptations();
    }
  }

  /** Whether anything is judged of that metric. */
  public boolean judges(String metric) {
    synchronized (lock) {
      return judge.judges(metric);
    }
  }

  /**
   * What was kept has been taken again, and what was set last holds. What went on before and is not
   * found again goes on for two minutes more, then it is over.
   */
  public void caughtUp(Instant now) {
    synchronized (lock) {
      judge.tick(now);
      objectives.tick(now);
      report();
      settlesAt = now.plus(FOUND_AGAIN);
    }
  }

  /**
   * Takes how many cores recognition has from a minute on, as its replicas say.
   *
   * @param known 0 while that is not known
   */
  public void cores(Instant from, double known) {
    synchronized (lock) {
      objectives.cores(from, known);
    }
  }

  /** Lets time pass; to be called every few seconds. */
  public void tick(Instant now) {
    synchronized (lock) {
      judge.tick(now);
      objectives.tick(now);
      report();
      if (settlesAt != null && !now.isBefore(settlesAt)) {
        settlesAt = null;
        Stream<String> changes = judge.open().stream().map(Alarm::id);
        Stream<String> missed = objectives.open().stream().map(ObjectiveAlarm::id);
        // Those are looked after elsewhere.
        Stream<String> reported =
            desk.all().stream().map(TrackedAlarm::id).filter(ReportedReporting::isOne);
        desk.settle(
            Stream.of(changes, missed, reported).flatMap(it -> it).collect(Collectors.toSet()));
      }
    }
    desk.tick();
  }

  /** Within the lock, so that of two changes of an alarm the later one stays. */
  @GuardedBy("lock")
  private void report() {
    judge.takeChanges().forEach(alarm -> desk.report(Reporting.of(alarm)));
    objectives.takeChanges().forEach(alarm -> desk.report(ObjectiveReporting.of(alarm)));
  }
}
