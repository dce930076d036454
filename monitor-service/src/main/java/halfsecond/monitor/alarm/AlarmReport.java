// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.alarm;

import halfsecond.monitor.record.Stage;
import halfsecond.monitor.window.CohortKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is known about one cause, in words and numbers that stand for themselves: it can be kept and
 * shown when nothing of what it was made from is there any more.
 *
 * @param id names it; unique, also across restarts
 * @param stage the one that changed, as far as the evidence tells
 * @param metric that shows the cause; empty for load
 * @param cohort empty for everybody
 * @param title one line for people
 * @param nextStep what to do first
 * @param evidence strongest first
 * @param attribution of a change of the rate of null transcripts
 * @param began when the change began, as estimated
 * @param suspected when the condition was first seen
 * @param fired empty while it is only suspected
 * @param resolved empty while it goes on
 */
public record AlarmReport(
    String id,
    Change change,
    Severity severity,
    Drift drift,
    Stage stage,
    String metric,
    Optional<CohortKey> cohort,
    String title,
    String nextStep,
    List<EvidenceReport> evidence,
    Optional<Attribution> attribution,
    Instant began,
    Instant suspected,
    Optional<Instant> fired,
    Optional<Instant> resolved) {
  public AlarmReport {
    evidence = List.copyOf(evidence);
  }

  /** How it changed. */
  public enum Change {
    /** Between one moment and the next. */
    SUDDEN,
    /** Over days. */
    GRADUAL,
    /** An objective's error budget is being spent too fast. */
    OBJECTIVE,
    /** More utterances than usual; no statement about quality. */
    LOAD,
    /** None where there should be some. */
    NO_DATA
  }

  /** How bad, mildest first. */
  public enum Severity {
    /** Worth knowing. */
    INFO,
    /** Someone should look within a day. */
    WARNING,
    /** Users are hurt now. */
    CRITICAL
  }

  /** Whether inputs or outcomes moved. */
  public enum Drift {
    UNDECIDED,
    /** The inputs moved. */
    DATA,
    /** The outcomes moved on the same inputs. */
    CONCEPT
  }

  /** The same, over at this moment. */
  AlarmReport resolvedAt(Instant end) {
    return new AlarmReport(
        id,
        change,
        severity,
        drift,
        stage,
        metric,
        cohort,
        title,
        nextStep,
        evidence,
        attribution,
        began,
        suspected,
        fired,
        Optional.of(end));
  }

  /** Whether both say the same but for numbers that become more exact. */
  boolean sameStanding(AlarmReport other) {
    return stage == other.stage
        && severity == other.severity
        && metric.equals(other.metric)
        && cohort.equals(other.cohort)
        && fired.equals(other.fired)
        && resolved.equals(other.resolved);
  }

  /** Whether both are about the same thing of the same people. */
  boolean alike(AlarmReport other) {
    return metric.equals(other.metric)
        && cohort.equals(other.cohort)
        && (change == other.change || !metric.isEmpty());
  }
}
