// SPDX-License-Identifier: Apache-2.0
package halfsecond.loadtest.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TimeQueueTest {
  @Test
  void leavesInOrderWhateverTheMixOfComingAndGoing() {
    TimeQueue<Long> queue = new TimeQueue<>();
    PriorityQueue<Long> expected = new PriorityQueue<>();
    Random random = new Random(7);

    for (int step = 0; step < 20_000; step++) {
      if (expected.isEmpty() || random.nextInt(5) < 3) {
        long key = random.nextInt(1000);
        queue.add(key, (int) key, key);
        expected.add(key);
      } else {
        long next = expected.remove();
        assertThat(queue.key()).isEqualTo(next);
        assertThat(queue.tag()).isEqualTo((int) next);
        assertThat(queue.remove()).isEqualTo(next);
      }
    }
    List<Long> rest = new ArrayList<>();
    while (!queue.isEmpty()) {
      rest.add(queue.remove());
    }

    assertThat(rest).hasSize(expected.size()).isSorted();
  }

  @Test
  void givesNothingWhenEmpty() {
    assertThatIllegalStateException().isThrownBy(new TimeQueue<String>()::remove);
  }
}
