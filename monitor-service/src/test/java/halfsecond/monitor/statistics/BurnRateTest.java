// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import halfsecond.monitor.statistics.BurnRate.Rule;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

final class BurnRateTest {
  private static final Rule PAGE = BurnRate.RULES.get(0);
  private static final double OBJECTIVE = 0.99;

  @Test
  void hasTheFactorsOfTheWorkbook() {
    assertThat(BurnRate.RULES)
        .extracting(Rule::factor)
        .usingElementComparator((a, b) -> Math.abs(a - b) < 1e-9 ? 0 : Double.compare(a, b))
        .containsExactly(14.4, 6.0, 3.0, 1.0);
  }

  @Test
  void firesWhenBothWindowsBurn() {
    Proportion burning = new Proportion(200, 1_000);
    Proportion calm = new Proportion(5, 1_000);

    assertThat(BurnRate.of(burning, OBJECTIVE)).isCloseTo(20, Offset.offset(1e-9));
    assertThat(PAGE.fires(burning, burning, OBJECTIVE, 10)).isTrue();
    assertThat(PAGE.fires(burning, calm, OBJECTIVE, 10)).as("it is over").isFalse();
    assertThat(PAGE.fires(calm, burning, OBJECTIVE, 10)).as("it is no matter yet").isFalse();
  }

  @Test
  void makesNoPageOfOneFailure() {
    Proportion one = new Proportion(1, 2);

    assertThat(PAGE.fires(one, one, OBJECTIVE, 10)).isFalse();
    assertThat(PAGE.fires(one, one, OBJECTIVE, 1)).isTrue();
  }
}
