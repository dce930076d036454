// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.judge;

import halfsecond.monitor.record.Stage;
import halfsecond.monitor.statistics.RateSplit;
import halfsecond.monitor.window.CohortKey;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * One cause, as far as it can be told, with all the changes that go back to it: what the judge
 * thinks of it now. It gains and refines evidence while it fires. Before, while it is only
 * suspected, its evidence is not certain.
 *
 * @param id names it; unique, also across restarts
 * @param began when the change began, as estimated
 * @param suspected when it was first seen
 * @param fired when it was certain; empty if it is, or was, only suspected
 * @param resolved when it was over; empty while it goes on
 * @param evidence in the order in which the changes were found; empty for load
 * @param traffic of load and of no data
 */
public record Alarm(
    String id,
    Kind kind,
    Instant began,
    Instant suspected,
    Optional<Instant> fired,
    Optional<Instant> resolved,
    List<Evidence> evidence,
    Optional<Traffic> traffic) {
  public Alarm {
    evidence = List.copyOf(evidence);
  }

  /** What it is about. */
  public enum Kind {
    /** Clips, audio or answers are not what they were. */
    QUALITY,
    /** More utterances than usual; no statement about quality. */
    LOAD,
    /** None where there should be some. */
    NO_DATA
  }

  /**
   * One change of one series.
   *
   * @param split of a rise of null transcripts into what other clips and what other answers explain
   */
  public record Evidence(SeriesId series, Finding finding, Optional<RateSplit> split) {}

  /**
   * Utterances of a quarter of an hour.
   *
   * @param expected at this time of the day
   * @param count that there were
   */
  public record Traffic(double expected, long count) {}

  /** What everything else in it follows from; empty for load. */
  public Optional<Evidence> cause() {
    return Cause.among(evidence);
  }

  /**
   * What it does to null transcripts: of those whom the cause concerns, or else where it is
   * largest. Empty unless their rate is known to have changed.
   */
  public Optional<Evidence> nullTranscripts() {
    List<Evidence> split = evidence.stream().filter(it -> it.split().isPresent()).toList();
    Optional<CohortKey> concerned = cause().map(it -> it.series().cohort());
    return split.stream()
        .filter(it -> Optional.ofNullable(it.series().cohort()).equals(concerned))
        .findFirst()
        .or(() -> split.stream().max(Comparator.comparingDouble(Cause::size)));
  }

  /** The stage that changed. */
  public Stage stage() {
    return cause().map(Cause::stage).orElse(Stage.PIPELINE);
  }
}
