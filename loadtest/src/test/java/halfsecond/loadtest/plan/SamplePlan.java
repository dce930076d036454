// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.plan;

import java.util.List;

/** Invented costs and settings that are easy to reckon with. */
final class SamplePlan {
  static final long MIB = 1L << 20;

  private SamplePlan() {}

  /** 80 ms of recognition for 2 s, of which 10 after the end. */
  static Costs costs() {
    return new Costs(
        4,
        2,
        80,
        10,
        0.5,
        5,
        2,
        List.of(1.0, 2.0, 3.0),
        400 * MIB,
        200 * MIB,
        600 * MIB,
        MIB / 4,
        MIB / 8,
        3 * MIB);
  }

  static PlanSettings settings(double rate, int lost, long memory) {
    return new PlanSettings(rate, 0.25, 0.8, lost, 16, memory, 2, 2, 4, 1);
  }
}
