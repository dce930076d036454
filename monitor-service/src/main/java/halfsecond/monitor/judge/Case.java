// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.judge;

import halfsecond.monitor.judge.Alarm.Evidence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An {@link Alarm} that grows while it fires. Not safe for use by several threads. */
final class Case {
  private final String id;
  private final Alarm.Kind kind;
  private final Instant began;
  private final Instant fired;
  private final Optional<Alarm.Traffic> traffic;
  private final List<Evidence> evidence = new ArrayList<>();
  private final Set<SeriesId> open = new HashSet<>();
  private @Nullable Instant resolved;

  Case(String id, Alarm.Kind kind, Instant began, Instant fired, Optional<Alarm.Traffic> traffic) {
    this.id = id;
    this.kind = kind;
    this.began = began;
    this.fired = fired;
    this.traffic = traffic;
  }

  /** As it is now. */
  Alarm alarm() {
    return new Alarm(id, kind, began, fired, Optional.ofNullable(resolved), evidence, traffic);
  }

  Alarm.Kind kind() {
    return kind;
  }

  Instant began() {
    return began;
  }

  boolean firing() {
    return resolved == null;
  }

  /** Whether it was on after this instant. */
  boolean lastedUntil(Instant instant) {
    return resolved == null || resolved.isAfter(instant);
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
    Optional<Watched> cause = Cause.among(evidence).map(it -> it.series().watched());
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
}
