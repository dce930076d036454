// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.metric;

import halfsecond.monitor.record.Stage;

/**
 * A declared metric.
 *
 * @param name e.g. {@code asr.queue_depth}
 * @param unit in UCUM
 * @param description one sentence: what it means and what moves it
 */
public record Metric(String name, Stage stage, Kind kind, String unit, String description) {
  /** What kind of numbers a metric has; the values of the contract. */
  public enum Kind {
    COUNTER,
    GAUGE,
    PROPORTION,
    DISTRIBUTION
  }
}
