// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.catalogue;

import halfsecond.monitor.record.UtteranceRecord;
import java.util.OptionalDouble;

/**
 * A metric that comes from utterance records.
 *
 * @param reading takes it from a record
 */
public record UtteranceMetric(Metric metric, Reading reading) {
  /**
   * Takes a value from a record: of a distribution the measurement, of a proportion 1 for an event
   * and 0 for a trial without one, of a counter what is added. Empty where the record does not say
   * or does not count.
   */
  @FunctionalInterface
  public interface Reading {
    OptionalDouble of(UtteranceRecord utterance);
  }
}
