// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.judge;

import halfsecond.monitor.judge.Alarm.Evidence;
import halfsecond.monitor.record.Stage;
import halfsecond.monitor.statistics.RateSplit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Which of several changes the others follow from: the earliest in the order of causes that is not
 * small beside the rest. Of the same change in several cohorts it is that of the cohort where it is
 * largest, and of everybody if it is at least half as large there: of many small cohorts one always
 * looks worse than it is.
 */
final class Cause {
  /** Of the largest effect: what is smaller is a consequence, whatever its role. */
  private static final double SMALL = 0.4;

  /** Everybody has moved, not only a part, when the effect there is this much of the largest. */
  private static final double SHARED = 0.5;

  private Cause() {}

  static Optional<Evidence> among(List<Evidence> evidence) {
    double notSmall = SMALL * largest(evidence);
    Optional<Watched.Role> first =
        evidence.stream()
            .filter(it -> size(it) >= notSmall)
            .map(it -> it.series().watched().role())
            .min(Comparator.naturalOrder());
    List<Evidence> causes =
        evidence.stream()
            .filter(it -> first.filter(it.series().watched().role()::equals).isPresent())
            .toList();
    double shared = SHARED * largest(causes);
    return causes.stream()
        .filter(it -> it.series().cohort() == null && size(it) >= shared)
        .max(Comparator.comparingDouble(Cause::size))
        .or(() -> causes.stream().max(Comparator.comparingDouble(Cause::size)));
  }

  private static double largest(List<Evidence> evidence) {
    return evidence.stream().mapToDouble(Cause::size).max().orElse(0);
  }

  /** The stage to blame. */
  static Stage stage(Evidence cause) {
    Optional<RateSplit> split = cause.split();
    if (split.isPresent() && Math.abs(split.get().mix()) > Math.abs(split.get().within())) {
      return Stage.VAD;
    }
    return cause.series().watched().stage();
  }

  /** In standard deviations, of a rate those of a single trial. */
  static double size(Evidence evidence) {
    Finding finding = evidence.finding();
    if (evidence.series().watched().kind() == Watched.Kind.LEVEL) {
      return Math.abs(finding.effect());
    }
    double base = Math.max(1e-4, Math.min(1 - 1e-4, finding.before()));
    return Math.abs(finding.effect()) / Math.sqrt(base * (1 - base));
  }
}
