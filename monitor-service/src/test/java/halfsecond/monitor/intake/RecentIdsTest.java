// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import halfsecond.monitor.record.RecordId;
import java.util.ArrayDeque;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RecentIdsTest {
  @Test
  void revisionsAreDifferentRecords() {
    RecentIds recent = new RecentIds(10);

    recent.add(new RecordId("u-1", 1));

    assertThat(recent.contains(new RecordId("u-1", 1))).isTrue();
    assertThat(recent.contains(new RecordId("u-1", 2))).isFalse();
  }

  @Test
  void theOldestMakesRoom() {
    RecentIds recent = new RecentIds(2);

    recent.add(id(1));
    recent.add(id(2));
    recent.add(id(3));

    assertThat(recent.contains(id(1))).isFalse();
    assertThat(recent.contains(id(2))).isTrue();
    assertThat(recent.contains(id(3))).isTrue();
  }

  /** A small table with much coming and going is where closing gaps would go wrong. */
  @ParameterizedTest(name = "capacity={0} seed={1}")
  @CsvSource({"1,1", "2,2", "3,3", "7,4", "64,5", "1000,6"})
  void alwaysKnowsExactlyTheNewest(int capacity, long seed) {
    Random random = new Random(seed);
    RecentIds recent = new RecentIds(capacity);
    ArrayDeque<RecordId> expected = new ArrayDeque<>();
    for (int i = 0; i < 5_000; i++) {
      RecordId next = id(random.nextInt(3 * capacity));
      assertThat(recent.contains(next)).isEqualTo(expected.contains(next));
      if (!expected.contains(next)) {
        recent.add(next);
        expected.add(next);
        if (expected.size() > capacity) {
          expected.remove();
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, Integer.MAX_VALUE})
  void refusesACapacityThatDoesNotFit(int capacity) {
    assertThatIllegalArgumentException().isThrownBy(() -> new RecentIds(capacity));
  }

  private static RecordId id(int number) {
    return new RecordId("u-" + number, 1);
  }
}
