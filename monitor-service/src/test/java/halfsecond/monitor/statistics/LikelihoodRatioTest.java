// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class LikelihoodRatioTest {
  @Test
  void isTheLogarithmOfBothProbabilities() {
    assertThat(LikelihoodRatio.log(true, 0.02, 0.03)).isCloseTo(0.405465, within(1e-6));
    assertThat(LikelihoodRatio.log(false, 0.02, 0.03)).isCloseTo(-0.010256, within(1e-6));
  }

  @Test
  void fallsOnAverageUntilTheRateHasChanged() {
    assertThat(mean(0.02)).isNegative();
    assertThat(mean(0.03)).isPositive();
  }

  private static double mean(double rate) {
    return rate * LikelihoodRatio.log(true, 0.02, 0.03)
        + (1 - rate) * LikelihoodRatio.log(false, 0.02, 0.03);
  }
}
