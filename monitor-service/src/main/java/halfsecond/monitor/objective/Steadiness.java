// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.objective;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The level of one objective. Rises at once and falls only after some minutes in a row in which
 * less is the matter, so that what hovers about a limit is one thing. Not safe for use by several
 * threads.
 */
final class Steadiness {
  /** In a row. */
  private static final int QUIET_MINUTES = 5;

  private final Objective objective;
  private Level level = Level.MET;
  private int quiet;

  /** The worst of the minutes that are quieter than the level. */
  private Level calm = Level.MET;

  private @Nullable Instant began;
  private ObjectiveChange.@Nullable Evidence reason;

  /**
   * What one minute said.
   *
   * @param began since when, if it is not known from before
   */
  record Verdict(Level level, Instant began, ObjectiveChange.Evidence evidence) {}

  Steadiness(Objective objective) {
    this.objective = objective;
  }

  Level level() {
    return level;
  }

  /** What the latest minute that was no better than the level rests on; null before any. */
  ObjectiveChange.@Nullable Evidence evidence() {
    return reason;
  }

  /** Takes what the minute that ends at {@code at} said. */
  Optional<ObjectiveChange> take(Verdict verdict, Instant at) {
    int compared = verdict.level().compareTo(level);
    if (compared >= 0) {
      rest();
      if (verdict.level() != Level.MET) {
        reason = verdict.evidence();
      }
      return compared > 0 ? Optional.of(change(verdict.level(), verdict, at)) : Optional.empty();
    }
    quiet++;
    if (verdict.level().compareTo(calm) > 0) {
      calm = verdict.level();
    }
    return quiet >= QUIET_MINUTES ? Optional.of(change(calm, verdict, at)) : Optional.empty();
  }

  private ObjectiveChange change(Level next, Verdict verdict, Instant at) {
    Instant since = began == null ? verdict.began() : began;
    ObjectiveChange.Evidence evidence =
        verdict.level() == Level.MET && reason != null ? reason : verdict.evidence();
    ObjectiveChange change = new ObjectiveChange(objective, level, next, since, at, evidence);
    level = next;
    began = next == Level.MET ? null : since;
    rest();
    return change;
  }

  private void rest() {
    quiet = 0;
    calm = Level.MET;
  }
}
