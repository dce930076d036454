// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class TicksTest {
  @Test
  void countsInOnesTwosAndFives() {
    assertThat(Ticks.linear(0, 10, 5)).containsExactly(0.0, 2.0, 4.0, 6.0, 8.0, 10.0);
    assertThat(Ticks.linear(0, 500, 5)).containsExactly(0.0, 100.0, 200.0, 300.0, 400.0, 500.0);
    assertThat(Ticks.linear(0, 1, 4)).containsExactly(0.0, 0.5, 1.0);
    assertThat(Ticks.linear(-3, 3, 6)).containsExactly(-3.0, -2.0, -1.0, 0.0, 1.0, 2.0, 3.0);
  }

  @Test
  void hasNoTraceOfBinaryFractions() {
    assertThat(Ticks.linear(0, 0.6, 6)).containsExactly(0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6);
  }

  @Test
  void startsInsideTheAxis() {
    assertThat(Ticks.linear(13, 38, 5)).containsExactly(15.0, 20.0, 25.0, 30.0, 35.0);
  }

  @Test
  void fillsDecadesWhereThereIsRoom() {
    assertThat(Ticks.logarithmic(1, 100, 12))
        .containsExactly(1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0);
    assertThat(Ticks.logarithmic(1, 100, 5)).containsExactly(1.0, 3.0, 10.0, 30.0, 100.0);
    assertThat(Ticks.logarithmic(1, 1000, 4)).containsExactly(1.0, 10.0, 100.0, 1000.0);
    assertThat(Ticks.logarithmic(0.02, 0.6, 9)).containsExactly(0.02, 0.05, 0.1, 0.2, 0.5);
  }

  @Test
  void refusesAxesThatDoNotExist() {
    assertThatIllegalArgumentException().isThrownBy(() -> Ticks.linear(5, 5, 4));
    assertThatIllegalArgumentException().isThrownBy(() -> Ticks.logarithmic(0, 10, 4));
    assertThatIllegalArgumentException().isThrownBy(() -> Ticks.step(Double.NaN, 4));
  }
}
