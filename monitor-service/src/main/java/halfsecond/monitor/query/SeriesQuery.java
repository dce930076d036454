// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.query;

import halfsecond.monitor.catalogue.Metric;
import halfsecond.monitor.reference.StoredReference;
import halfsecond.monitor.window.TimeSpan;
import halfsecond.monitor.window.Who;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A question about a metric over time.
 *
 * @param step 1 min to 7 d in whole minutes; null for about 200 steps
 * @param of one line each
 * @param reference of the band; null for the same hours of the days before
 */
public record SeriesQuery(
    Metric metric,
    TimeSpan span,
    @Nullable Duration step,
    List<Who> of,
    @Nullable StoredReference reference) {
  public SeriesQuery {
    of = List.copyOf(of);
  }
}
