// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.alarm;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import halfsecond.monitor.judge.ThresholdInForce;
import halfsecond.monitor.reported.Ongoing;
import halfsecond.monitor.reported.ReportedWatch;
import halfsecond.monitor.threshold.Target;
import halfsecond.monitor.threshold.ThresholdChange;
import java.time.Instant;
import java.util.List;

/**
 * Lets what services report be judged, and puts what comes of it on the desk. Apart from the judge
 * of records, who must not wait for a look at hundreds of metrics. Safe for use by any thread;
 * nothing but memory is waited for.
 */
public final class ReportedDesk {
  private final Object lock = new Object();

  @GuardedBy("lock")
  private final ReportedWatch watch;

  private final AlarmDesk desk;

  /**
   * @param watch owned from here on
   */
  public ReportedDesk(ReportedWatch watch, AlarmDesk desk) {
    this.watch = watch;
    this.desk = desk;
  }

  /**
   * Takes over what went on before a restart: each goes on until something can be said about it, or
   * for an hour.
   *
   * @param changes what was set before, oldest first
   */
  public void resume(List<ThresholdChange> changes, Instant now) {
    List<Ongoing> ongoing =
        desk.all().stream()
            .filter(alarm -> alarm.state() != State.RESOLVED)
            .map(TrackedAlarm::report)
            .filter(report -> ReportedReporting.isOne(report.id()))
            .map(
                report ->
                    new Ongoing(
                        report.id(),
                        new Target(report.metric(), report.cohort().orElse(null)),
                        report.began(),
                        report.suspected(),
                        report.fired()))
            .toList();
    synchronized (lock) {
      changes.forEach(watch::set);
      watch.resume(ongoing, now);
      report();
    }
  }

  /** Takes what somebody has just set. */
  public void obey(ThresholdChange change) {
    synchronized (lock) {
      watch.set(change);
      report();
    }
  }

  /** Whether a metric is judged here. */
  public boolean judges(String metric) {
    synchronized (lock) {
      return watch.judges(metric);
    }
  }

  /** Whether a metric's test goes by significance. */
  public boolean isSignificant(String metric) {
    synchronized (lock) {
      return watch.isSignificant(metric);
    }
  }

  /** Whether a metric can have fixed limits. */
  public boolean limits(String metric) {
    synchronized (lock) {
      return watch.limits(metric);
    }
  }

  /** What decides now whether a metric is where it should be. */
  public List<ThresholdInForce> thresholds() {
    synchronized (lock) {
      return watch.thresholds();
    }
  }

  /** Lets time pass; to be called every few seconds. */
  public void tick(Instant now) {
    synchronized (lock) {
      watch.tick(now);
      report();
    }
  }

  @GuardedBy("lock")
  private void report() {
    watch.takeChanges().forEach(alarm -> desk.report(ReportedReporting.of(alarm)));
    watch.takeLost().forEach(desk::lose);
  }
}
