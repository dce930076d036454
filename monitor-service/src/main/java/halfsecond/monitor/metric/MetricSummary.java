// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.metric;

import halfsecond.monitor.catalogue.Metric;
import halfsecond.monitor.window.Aggregate;
import java.time.Instant;
import java.util.List;

/**
 * One metric over one span.
 *
 * @param latest the newest reading of each instance, ordered by instance
 */
public record MetricSummary(Metric metric, Aggregate sum, List<Latest> latest) {
  /** The newest reading of one instance. */
  public record Latest(String instance, Instant time, double level) {}
}
