// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.judge;

import halfsecond.monitor.record.Stage;
import halfsecond.monitor.statistics.RateSplit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One cause, as far as it can be told, with all the changes that go back to it. Grows while it
 * fires. Not safe for use by several threads.
 */
public final class Alarm {
  private final String id;
  private final Instant began;
  private final Instant fired;
  private final Kind kind;
  private final List<Evidence> evidence = new ArrayList<>();
  private @Nullable Instant resolved;
  private final Set<SeriesId> open = new HashSet<>();

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

  Alarm(String id, Kind kind, Instant began, Instant fired) {
    this.id = id;
    this.kind = kind;
    this.began = began;
    this.fired = fired;
  }

  void add(Evidence found) {
    // What comes and goes is one thing.
    evidence.removeIf(known -> known.series().equals(found.series()));
    evidence.add(found);
    open.add(found.series());
  }

  void measured(SeriesId series, Finding finding) {
    evidence.replaceAll(
        known ->
            known.series().equals(series) ? new Evidence(series, finding, known.split()) : known);
  }

  /**
   * Whether a change of this series may be a consequence: the same metric moved elsewhere, or the
   * cause goes on and is of the same kind, or stands before it and concerns the same people.
   */
  boolean concerns(SeriesId series) {
    if (evidence.stream().anyMatch(it -> it.series().watched().equals(series.watched()))) {
      return true;
    }
    Optional<Watched> cause = cause().map(it -> it.series().watched());
    // Of everybody or of a cohort: which of them it is may not be known yet.
    return open.stream()
        .filter(it -> cause.filter(it.watched()::equals).isPresent())
        .anyMatch(it -> follows(series, it));
  }

  private static boolean follows(SeriesId series, SeriesId cause) {
    int later = series.watched().role().compareTo(cause.watched().role());
    return later == 0 || (later > 0 && Objects.equals(cause.cohort(), series.cohort()));
  }

  /** One of its changes is over; with the last one the alarm is. */
  void over(SeriesId series, Instant at) {
    open.remove(series);
    if (open.isEmpty()) {
      resolved = at;
    }
  }

  void resolve(Instant at) {
    resolved = at;
  }

  /** Names it; unique, also across restarts. */
  public String id() {
    return id;
  }

  public Kind kind() {
    return kind;
  }

  /** When the change began, as estimated. */
  public Instant began() {
    return began;
  }

  public Instant fired() {
    return fired;
  }

  /** Empty while it fires. */
  public Optional<Instant> resolved() {
    return Optional.ofNullable(resolved);
  }

  /** Empty for load. In the order in which the changes were found. */
  public List<Evidence> evidence() {
    return List.copyOf(evidence);
  }

  /** What everything else in it follows from; empty for load. */
  public Optional<Evidence> cause() {
    return Cause.among(evidence);
  }

  /** The stage that changed. */
  public Stage stage() {
    return cause().map(Cause::stage).orElse(Stage.PIPELINE);
  }
}
