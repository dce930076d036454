// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BacklogTest {
  @Test
  void growsWhenEachSecondLeavesALittleMore() {
    assertThat(Backlog.grows(IntStream.range(0, 60).map(i -> 3 + i / 2).boxed().toList())).isTrue();
  }

  @Test
  void doesNotGrowWhenItIsOnlyLargeOrFalls() {
    assertThat(Backlog.grows(IntStream.range(0, 30).map(i -> 40).boxed().toList())).isFalse();
    assertThat(Backlog.grows(IntStream.range(0, 30).map(i -> 40 - i).boxed().toList())).isFalse();
  }

  @Test
  void takesChanceForChance() {
    Random random = new Random(7);
    int alarms = 0;
    for (int run = 0; run < 500; run++) {
      List<Integer> chance =
          IntStream.range(0, 60)
              .mapToObj(i -> (int) Math.abs(4 + 2 * random.nextGaussian()))
              .toList();
      alarms += Backlog.grows(chance) ? 1 : 0;
    }

    assertThat(alarms).isLessThanOrEqualTo(2);
  }

  @Test
  void saysNothingOfAFewSeconds() {
    assertThat(Backlog.grows(List.of(0, 5, 10, 15, 20))).isFalse();
  }
}
