// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.reference;

import halfsecond.monitor.window.Aggregate;
import java.util.Map;

/**
 * A reference with what was measured in it.
 *
 * @param sums by metric; empty if it moves
 */
public record StoredReference(Reference reference, Map<String, Sum> sums) {
  /**
   * One metric over the whole range.
   *
   * @param seconds that the range was long
   * @param variance of the metric's number from hour to hour, beyond what the number of samples
   *     explains; of a counter relative to its rate
   */
  public record Sum(Aggregate aggregate, double seconds, double variance) {}

  public StoredReference {
    sums = Map.copyOf(sums);
  }
}
