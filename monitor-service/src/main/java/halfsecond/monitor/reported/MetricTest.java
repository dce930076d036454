// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.reported;

import halfsecond.monitor.judge.ThresholdInForce;
import java.time.Duration;
import java.util.Optional;

/**
 * One way to judge a metric; each target has one of its own, which may remember. For one thread.
 */
interface MetricTest {
  /**
   * Judges what is there now.
   *
   * @param inForce what decides about its target now
   * @return empty if too little is known to say anything
   */
  Optional<Finding> judge(Samples samples, ThresholdInForce inForce);

  /** How far back its samples must reach; what is older is not read for it. */
  Duration past();

  /** What decides unless somebody sets something else. */
  Defaults defaults();
}
