// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

final class EcdfTest {
  private static final Offset<Double> EXACT = Offset.offset(1e-12);

  @Test
  void stepsUpAtEachValue() {
    Ecdf steps = Ecdf.of(3, 1, 2, 2);

    assertThat(steps.count()).isEqualTo(4);
    assertThat(steps.at(0.9)).isZero();
    assertThat(steps.at(1)).isEqualTo(0.25);
    assertThat(steps.at(2.5)).isEqualTo(0.75);
    assertThat(steps.at(3)).isEqualTo(1);
    assertThat(steps.quantile(0)).isEqualTo(1);
    assertThat(steps.quantile(0.25)).isEqualTo(1);
    assertThat(steps.quantile(0.26)).isEqualTo(2);
    assertThat(steps.quantile(1)).isEqualTo(3);
    assertThat(steps.mean()).isCloseTo(2, EXACT);
    assertThat(steps.standardDeviation()).isCloseTo(Math.sqrt(0.5), EXACT);
  }

  @Test
  void takesValuesThatStandForMany() {
    Ecdf weighted = Ecdf.ofWeighted(new double[] {1, 2, 2, 3}, new double[] {10, 5, 15, 10}, 400);

    assertThat(weighted.count()).isEqualTo(400);
    assertThat(weighted.at(1)).isCloseTo(0.25, EXACT);
    assertThat(weighted.at(2)).isCloseTo(0.75, EXACT);
  }

  @Test
  void refusesWhatIsNoDistribution() {
    assertThatIllegalArgumentException().isThrownBy(Ecdf::of);
    assertThatIllegalArgumentException().isThrownBy(() -> Ecdf.of(1, Double.NaN));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Ecdf.ofWeighted(new double[] {2, 1}, new double[] {1, 1}, 2));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Ecdf.ofWeighted(new double[] {1, 2}, new double[] {1, -1}, 2));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Ecdf.ofWeighted(new double[] {1, 2}, new double[] {0, 0}, 2));
  }
}
