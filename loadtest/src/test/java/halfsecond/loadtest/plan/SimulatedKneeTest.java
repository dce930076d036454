// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SimulatedKneeTest {
  @Test
  void liesBelowWhatTheCoresCouldDoAtMost() {
    SimulatedKnee knee = new SimulatedKnee(SamplePlan.costs(), 2, 120, 3);
    double most = 2 / 0.086;

    double open = knee.find(false);
    double admitting = knee.find(true);

    assertThat(open).isBetween(0.85 * most, 1.1 * most);
    assertThat(admitting).isBetween(0.4 * most, 0.8 * most);
  }

  @Test
  void growsWithCores() {
    double two = new SimulatedKnee(SamplePlan.costs(), 2, 60, 3).find(true);
    double eight = new SimulatedKnee(SamplePlan.costs(), 8, 60, 3).find(true);

    // More than four times: where more share, chance evens out.
    assertThat(eight).isGreaterThan(4 * two);
  }
}
