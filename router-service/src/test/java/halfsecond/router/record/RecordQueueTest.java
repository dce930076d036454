// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Where records wait. */
final class RecordQueueTest {
  private final AtomicInteger drops = new AtomicInteger();
  private final AtomicInteger offers = new AtomicInteger();
  private final RecordQueue queue = new RecordQueue(3, drops::incrementAndGet);

  private static UtteranceRecord record(String id) {
    return TestRecords.refused(id, new PartialStatistics(0, 0));
  }

  @Test
  void dropsTheOldestWhenFullAndCountsIt() {
    queue.onOffer(offers::incrementAndGet);
    for (int i = 1; i <= 5; i++) {
      queue.offer(record("u" + i));
    }

    assertThat(queue.take(10))
        .extracting(UtteranceRecord::utteranceId)
        .containsExactly("u3", "u4", "u5");
    assertThat(queue.dropped()).isEqualTo(2);
    assertThat(drops).hasValue(2);
    assertThat(offers).hasValue(5);
  }

  @Test
  void givesAtMostWhatIsAskedFor() {
    queue.offer(record("u1"));
    queue.offer(record("u2"));

    assertThat(queue.take(1)).hasSize(1);
    assertThat(queue.size()).isEqualTo(1);
  }
}
