// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GammaTest {
  private static final int DRAWS = 200_000;

  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.5, 1, 1.7})
  void hasMeanOneAndTheSpreadAskedFor(double spread) {
    Gamma gamma = new Gamma(new SplittableRandom(3), spread);
    double sum = 0;
    double squares = 0;

    for (int draw = 0; draw < DRAWS; draw++) {
      double value = gamma.next();
      sum += value;
      squares += value * value;
    }

    double mean = sum / DRAWS;
    assertThat(mean).isCloseTo(1, within(0.02));
    assertThat(Math.sqrt(squares / DRAWS - mean * mean)).isCloseTo(spread, within(0.03 * spread));
  }

  @Test
  void isConstantWithoutSpread() {
    assertThat(new Gamma(new SplittableRandom(3), 0).next()).isEqualTo(1);
  }
}
