// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.judge;

import halfsecond.monitor.judge.Alarm.Evidence;
import halfsecond.monitor.window.CohortKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An {@link Alarm} that grows while it goes on. Not safe for use by several threads. */
final class Case {
  /** Changes look larger when they are found than they are: that is when they are found. */
  private static final double TOO_LARGE = 2;

  private final String id;
  private final Alarm.Kind kind;
  private final Instant suspected;
  private final List<Evidence> evidence = new ArrayList<>();
  private final Set<SeriesId> open = new HashSet<>();
  private final Map<SeriesId, Instant> over = new HashMap<>();
  private Instant began;
  private Optional<Alarm.Traffic> traffic = Optional.empty();
  private @Nullable Instant fired;
  private @Nullable Instant resolved;

  /** Only suspected for now. */
  Case(String id, Alarm.Kind kind, Instant began, Instant suspected) {
    this.id = id;
    this.kind = kind;
    this.began = began;
    this.suspected = suspected;
  }

  /** As it is now. */
  Alarm alarm() {
    return new Alarm(
        id,
        kind,
        began,
        suspected,
        Optional.ofNullable(fired),
        Optional.ofNullable(resolved),
        evidence,
        traffic);
  }

  Alarm.Kind kind() {
    return kind;
  }

  Instant began() {
    return began;
  }

  /** Whether it goes on, suspected or certain. */
  boolean goesOn() {
    return resolved == null;
  }

  boolean hasFired() {
    return fired != null;
  }

  boolean firing() {
    return hasFired() && goesOn();
  }

  /** Whether it was on after this instant. */
  boolean lastedUntil(Instant instant) {
    return hasFired() && (resolved == null || resolved.isAfter(instant));
  }

  /**
   * It is certain. What else was suspected with it is not, and does not belong to it yet.
   *
   * @param since when it began, as it is known now
   */
  void fire(Instant since, Instant at) {
    began = since;
    fired = at;
    evidence.clear();
    open.clear();
  }

  /** Of load: how much there is. */
  void measured(Alarm.Traffic now) {
    traffic = Optional.of(now);
  }

  /** One of its suspicions came to nothing; with the last one the alarm does. */
  void withdraw(SeriesId series, Instant at) {
    if (open.size() > 1) {
      evidence.removeIf(known -> known.series().equals(series));
    }
    open.remove(series);
    if (open.isEmpty()) {
      resolved = at;
    }
  }

  void add(Evidence found) {
    // What comes and goes is one thing.
    evidence.removeIf(known -> known.series().equals(found.series()));
    evidence.add(found);
    open.add(found.series());
    over.remove(found.series());
  }

  void measured(SeriesId series, Finding finding) {
    evidence.replaceAll(
        known ->
            known.series().equals(series) ? new Evidence(series, finding, known.split()) : known);
  }

  /**
   * Whether a change may be a consequence: the cause, or a change of the same kind, is still on,
   * and it is of the same kind too, or of one that comes after it, concerns people that the cause
   * concerns, and is no larger than the cause.
   */
  boolean concerns(SeriesId series, Finding finding) {
    Optional<Watched.Role> cause = Cause.among(evidence).map(it -> it.series().watched().role());
    // A period shows what was on at any time of it, all else only what is on.
    Instant since = gradual(finding) ? finding.began() : finding.found();
    double size = Cause.atLeast(new Evidence(series, finding, Optional.empty()));
    return evidence.stream()
        .filter(it -> cause.filter(it.series().watched().role()::equals).isPresent())
        .filter(it -> on(it.series(), since))
        .anyMatch(it -> follows(series, size, it));
  }

  /**
   * Whether it came slowly and a change may be the same slow one: of what comes slowly, what is
   * seen first is not what causes the rest, and nobody knows when it began. So long after it was
   * found as it took to find it, this goes for all that is no larger and may be of the same people.
   */
  boolean comesSlowlyWith(SeriesId series, Finding finding) {
    Optional<Evidence> cause = Cause.among(evidence).filter(it -> gradual(it.finding()));
    double size = Cause.atLeast(new Evidence(series, finding, Optional.empty()));
    return firing()
        && cause.filter(it -> finding.found().isBefore(slowUntil(it.finding()))).isPresent()
        && cause.filter(it -> size <= TOO_LARGE * Cause.size(it)).isPresent()
        && evidence.stream().anyMatch(it -> shared(it.series().cohort(), series.cohort()));
  }

  private static Instant slowUntil(Finding slow) {
    return slow.found().plus(Duration.between(slow.began(), slow.found()));
  }

  private static boolean gradual(Finding finding) {
    return finding.change() == Finding.Change.GRADUAL;
  }

  /** Whether somebody may be of both. */
  private static boolean shared(@Nullable CohortKey one, @Nullable CohortKey other) {
    return one == null
        || other == null
        || one.equals(other)
        || one.dimension() != other.dimension();
  }

  private boolean on(SeriesId series, Instant at) {
    Instant end = over.get(series);
    return end == null || end.isAfter(at);
  }

  private static boolean follows(SeriesId series, double size, Evidence cause) {
    int later = series.watched().role().compareTo(cause.series().watched().role());
    if (later <= 0) {
      return later == 0;
    }
    CohortKey concerned = cause.series().cohort();
    return (concerned == null || concerned.equals(series.cohort()))
        && size <= TOO_LARGE * Cause.size(cause);
  }

  /** One of its changes is over; with the last one the alarm is. */
  void over(SeriesId series, Instant at) {
    open.remove(series);
    over.put(series, at);
    if (open.isEmpty()) {
      resolved = at;
    }
  }

  void resolve(Instant at) {
    resolved = at;
  }
}
