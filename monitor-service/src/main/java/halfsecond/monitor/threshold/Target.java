// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.threshold;

import halfsecond.monitor.window.CohortKey;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * What a threshold holds for.
 *
 * @param cohort null for everybody, and for every cohort without a threshold of its own
 */
public record Target(String metric, @Nullable CohortKey cohort) {
  /** By metric, the most general first. */
  public static final Comparator<Target> ORDER =
      Comparator.comparing(Target::metric).thenComparing(Target::order);

  /** The one that holds where this one is not set. */
  public Target general() {
    return new Target(metric, null);
  }

  private String order() {
    return cohort == null ? "" : cohort.dimension().name() + " " + cohort.value();
  }
}
