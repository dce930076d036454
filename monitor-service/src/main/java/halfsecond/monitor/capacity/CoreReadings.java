// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.capacity;

import halfsecond.monitor.metric.MetricSummary.Latest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What replicas have said lately to one monitor.
 *
 * @param monitor names the process
 * @param at when it passed this on
 * @param readings of each replica the newest one
 */
public record CoreReadings(String monitor, Instant at, List<Latest> readings) {
  public CoreReadings {
    readings = List.copyOf(readings);
  }

  /** Whether the same replicas have as many cores each. */
  boolean saysTheSame(CoreReadings other) {
    return levels().equals(other.levels());
  }

  private Map<String, Double> levels() {
    return readings.stream().collect(Collectors.toMap(Latest::instance, Latest::level));
  }
}
