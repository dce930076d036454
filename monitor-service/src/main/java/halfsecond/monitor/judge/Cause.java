// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.judge;

import halfsecond.monitor.judge.Alarm.Evidence;
import halfsecond.monitor.record.Stage;
import halfsecond.monitor.statistics.RateSplit;
import halfsecond.monitor.window.CohortKey;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Which of several changes the others follow from: the earliest in the order of causes that is not
 * small beside the rest. Of the same change in several cohorts it is that of the cohort where it is
 * largest: of what is certain there, since of many small cohorts one always looks worse than it is.
 * It is that of everybody if they moved as far, or if they moved half as far and others of the same
 * kind moved too: where only one phone has changed, everybody moves by its share of the traffic,
 * and no other phone does.
 */
final class Cause {
  /** Of what is certain of the largest: what is smaller is a consequence, whatever its role. */
  private static final double SMALL = 0.4;

  /** Of what is certain of the largest: others have moved too. */
  private static final double SHARED = 0.5;

  /** As large, as far as can be told. */
  private static final double SAME = 0.9;

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
    Optional<Evidence> part =
        causes.stream()
            .filter(it -> it.series().cohort() != null)
            .max(Comparator.comparingDouble(Cause::atLeast));
    Optional<Evidence> everybody =
        causes.stream()
            .filter(it -> it.series().cohort() == null)
            .max(Comparator.comparingDouble(Cause::size));
    return everybody.filter(it -> part.isEmpty() || moved(it, part.get(), causes)).or(() -> part);
  }

  /** Whether everybody moved, and not only the part where it is largest. */
  private static boolean moved(Evidence everybody, Evidence part, List<Evidence> causes) {
    double certain = atLeast(part);
    return size(everybody) >= SAME * certain
        || (size(everybody) >= SHARED * certain
            && causes.stream().anyMatch(it -> besides(it, part) && size(it) >= SHARED * certain));
  }

  /** Of another cohort of the same dimension. */
  private static boolean besides(Evidence one, Evidence part) {
    CohortKey cohort = one.series().cohort();
    CohortKey other = part.series().cohort();
    return cohort != null
        && other != null
        && cohort.dimension() == other.dimension()
        && !cohort.equals(other);
  }

  private static double largest(List<Evidence> evidence) {
    return evidence.stream().mapToDouble(Cause::atLeast).max().orElse(0);
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
    return Math.abs(evidence.finding().effect()) / unit(evidence);
  }

  /** What is certain of the size. */
  static double atLeast(Evidence evidence) {
    return evidence.finding().atLeast() / unit(evidence);
  }

  private static double unit(Evidence evidence) {
    if (evidence.series().watched().kind() == Watched.Kind.LEVEL) {
      return 1;
    }
    // As far as it is known: after few values without an event it need not be 0.
    Finding finding = evidence.finding();
    double values = finding.referenceCount();
    double base = (finding.before() * values + 1) / (values + 2);
    return Math.sqrt(base * (1 - base));
  }
}
