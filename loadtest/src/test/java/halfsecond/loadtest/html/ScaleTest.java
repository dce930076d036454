// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class ScaleTest {
  @Test
  void isStraightFromZero() {
    Scale scale = Scale.fromZero(432, 300, 0);

    assertThat(scale.high()).isEqualTo(500);
    assertThat(scale.at(0)).isEqualTo(300);
    assertThat(scale.at(250)).isEqualTo(150);
    assertThat(scale.at(500)).isEqualTo(0);
  }

  @Test
  void givesEachFactorTheSameRoom() {
    Scale scale = new Scale(true, 1, 1000, 0, 300);

    assertThat(scale.at(10)).isEqualTo(100, org.assertj.core.data.Offset.offset(1e-9));
    assertThat(scale.at(100)).isEqualTo(200, org.assertj.core.data.Offset.offset(1e-9));
  }

  @Test
  void drawsWhatIsBeyondAtTheEnds() {
    Scale scale = new Scale(true, 1, 10, 0, 100);

    assertThat(scale.at(0)).isEqualTo(0);
    assertThat(scale.at(1e9)).isEqualTo(100);
  }

  @Test
  void isLogarithmicOnlyOverMoreThanADecade() {
    assertThat(Scale.over(20, 30, 0, 1).logarithmic()).isFalse();
    assertThat(Scale.over(1, 30, 0, 1).logarithmic()).isTrue();
    assertThat(Scale.over(0, 30, 0, 1).logarithmic()).isFalse();
  }

  @Test
  void existsWithoutValues() {
    assertThat(Scale.logOver(DoubleStream.empty(), 0, 1).high()).isEqualTo(10);
    assertThat(Scale.fromZero(0, 0, 1).high()).isEqualTo(1);
    assertThatIllegalArgumentException().isThrownBy(() -> new Scale(true, 0, 1, 0, 1));
  }
}
