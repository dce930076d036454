// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BurstsTest {
  @Test
  void isAboutOneWhenLateOnesAreIndependent() {
    Random random = new Random(3);

    double mean =
        IntStream.range(0, 50)
            .mapToDouble(
                run ->
                    Bursts.factor(
                        IntStream.range(0, 6000)
                            .mapToObj(i -> random.nextDouble() < 0.01)
                            .toList()))
            .average()
            .orElseThrow();

    assertThat(mean).isCloseTo(1.1, within(0.15));
  }

  @Test
  void isTheLengthOfASingleBurst() {
    List<Boolean> late = IntStream.range(0, 6000).mapToObj(i -> i >= 70 && i < 82).toList();

    assertThat(Bursts.factor(late)).isCloseTo(12, within(0.1));
  }

  @Test
  void isOneWhenNothingCanBeTold() {
    assertThat(Bursts.factor(List.of())).isEqualTo(1);
    assertThat(Bursts.factor(List.of(true, false, true))).isEqualTo(1);
    assertThat(Bursts.factor(Collections.nCopies(900, false))).isEqualTo(1);
    assertThat(Bursts.factor(Collections.nCopies(900, true))).isEqualTo(1);
  }

  @Test
  void takesTheEvidenceOfManyLateOnesForThatOfFew() {
    EarlyStopping rule = new EarlyStopping(99, 0.99);

    assertThat(rule.holds(3304, 20)).isTrue();
    assertThat(rule.holds(3304, 20, 4)).isFalse();
    assertThat(rule.holds(4 * 1307, 20, 4)).isTrue();
    assertThat(rule.mostLate(3304)).isEqualTo(20);
    assertThat(rule.mostLate(458)).isEqualTo(-1);
  }
}
