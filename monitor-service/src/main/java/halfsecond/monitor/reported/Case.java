// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.reported;

import halfsecond.monitor.catalogue.Metric;
import halfsecond.monitor.threshold.Target;
import halfsecond.monitor.window.CohortKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A {@link ReportedAlarm} while it goes on. Not safe for use by several threads. */
final class Case {
  private final String id;
  private final Target target;
  private final Instant began;
  private final Instant suspected;
  private @Nullable Instant fired;
  private @Nullable Instant resolved;
  private @Nullable Finding finding;

  /** When it was last said to be outside. */
  private Instant outside;

  private Case(
      String id, Target target, Instant began, Instant suspected, @Nullable Instant fired) {
    this.id = id;
    this.target = target;
    this.began = began;
    this.suspected = suspected;
    this.fired = fired;
    this.outside = suspected;
  }

  /** What begins with a finding that is outside, yet to be taken. */
  static Case first(Target target, Finding finding, Instant at) {
    String whose =
        target.cohort() == null
            ? ""
            : "-" + Integer.toUnsignedString(cohort(target.cohort()).hashCode(), 36);
    // A target has one case at a time and is looked at once in a minute at most.
    String id =
        ReportedAlarm.ID_PREFIX
            + Long.toString(at.getEpochSecond(), 36)
            + "-"
            + target.metric()
            + whose;
    return new Case(id.toLowerCase(Locale.ROOT), target, finding.judged().start(), at, null);
  }

  private static String cohort(CohortKey cohort) {
    return cohort.dimension().name() + " " + cohort.value();
  }

  /** What went on before a restart. */
  static Case resumed(Ongoing ongoing, Instant now) {
    Case it =
        new Case(
            ongoing.id(),
            ongoing.target(),
            ongoing.began(),
            ongoing.suspected(),
            ongoing.fired().orElse(null));
    it.outside = now;
    return it;
  }

  Target target() {
    return target;
  }

  boolean isOver() {
    return resolved != null;
  }

  /**
   * Takes the next look at it.
   *
   * @param hold how long it must have been outside to be an alarm
   * @param release how long it must be back to be over; what is no alarm yet is over at once
   */
  void take(Finding next, Instant at, Duration hold, Duration release) {
    if (next.outside()) {
      finding = next;
      outside = at;
      if (fired == null && !at.isBefore(suspected.plus(hold))) {
        fired = at;
      }
    } else if (fired == null || !at.isBefore(outside.plus(release))) {
      if (finding == null) {
        finding = next;
      }
      end(at);
    }
  }

  /** Nothing could be said about it. */
  void unknown(Instant at, Duration longest) {
    if (!at.isBefore(outside.plus(longest))) {
      end(at);
    }
  }

  void end(Instant at) {
    resolved = at;
  }

  /**
   * As it is now; empty if it is from before a restart and nothing could be said about it since.
   */
  Optional<ReportedAlarm> alarm(Metric metric) {
    return Optional.ofNullable(finding)
        .map(
            it ->
                new ReportedAlarm(
                    id,
                    metric,
                    target,
                    began,
                    suspected,
                    Optional.ofNullable(fired),
                    Optional.ofNullable(resolved),
                    it));
  }

  String id() {
    return id;
  }
}
