// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.statistics;

/** Watches a stream of measurements for a change of its mean. For one thread. */
public interface ChangeDetector {
  /**
   * Takes the next measurement.
   *
   * @return whether the change is certain with it; the detector then begins anew
   */
  boolean add(double value);
}
