// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import halfsecond.monitor.statistics.BurnRate.Rule;
import java.time.Duration;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

final class BurnRateTest {
  @Test
  void hasTheFactorsOfTheWorkbook() {
    assertThat(BurnRate.RULES)
        .extracting(Rule::factor)
        .usingElementComparator((a, b) -> Math.abs(a - b) < 1e-9 ? 0 : Double.compare(a, b))
        .containsExactly(14.4, 6.0, 3.0, 1.0);
  }

  @Test
  void isTheShareOfBadOnesOverTheShareThatIsAllowed() {
    assertThat(BurnRate.of(new Proportion(200, 1_000), 0.99)).isCloseTo(20, Offset.offset(1e-9));
    assertThat(BurnRate.of(new Proportion(0, 0), 0.99)).isZero();
  }

  @Test
  void refusesRulesThatCannotWork() {
    Duration hour = Duration.ofHours(1);

    assertThatIllegalArgumentException().isThrownBy(() -> new Rule(true, hour, hour, 0.02));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Rule(true, hour, Duration.ofMinutes(5), 0));
  }
}
