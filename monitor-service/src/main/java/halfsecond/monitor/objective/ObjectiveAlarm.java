// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.objective;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Objectives that are missed together, or may soon be.
 *
 * @param id names it; unique, and the same whenever the same records are read
 * @param began since when, as estimated
 * @param suspected when anything was first seen
 * @param fired when the first of them was missed; empty while it is only suspected
 * @param resolved when all were met again; empty before
 * @param missed at least one, the one that leads first
 */
public record ObjectiveAlarm(
    String id,
    Instant began,
    Instant suspected,
    Optional<Instant> fired,
    Optional<Instant> resolved,
    List<Missed> missed) {
  public ObjectiveAlarm {
    missed = List.copyOf(missed);
  }

  /**
   * One of them.
   *
   * @param level now; of an alarm that is over the worst that it was
   * @param until the end of the minute that the evidence is of
   */
  public record Missed(
      Objective objective, Level level, Instant until, ObjectiveChange.Evidence evidence) {
    /** The worst first; of those that are as bad what people notice before what explains it. */
    static final Comparator<Missed> ORDER =
        Comparator.comparing(Missed::level).reversed().thenComparing(Missed::objective);
  }

  /** The one that it is named after. */
  public Missed lead() {
    return missed.get(0);
  }

  /** Whether this objective is one of them. */
  public boolean misses(Objective objective) {
    return missed.stream().anyMatch(it -> it.objective() == objective);
  }
}
