// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.record;

import static org.assertj.core.api.Assertions.assertThat;

import halfsecond.common.measure.Measurement;
import org.junit.jupiter.api.Test;

/** What records tell of interim results, and what is dropped. */
final class RecordCountsTest {
  private final RecordQueue queue = new RecordQueue(2, () -> {});
  private final RecordCounts counts = new RecordCounts(queue);

  @Test
  void addsUpWhatRecordsSay() {
    counts.offer(TestRecords.refused("u1", new PartialStatistics(7, 1)));
    counts.offer(TestRecords.refused("u2", new PartialStatistics(3, 0)));
    assertThat(counts.read())
        .containsExactly(
            new Measurement.Total("route.records_dropped", 0),
            new Measurement.Share("deliver.partials_dropped", 1, 11));

    counts.offer(TestRecords.refused("u3", new PartialStatistics(0, 4)));
    assertThat(counts.read())
        .containsExactly(
            new Measurement.Total("route.records_dropped", 1),
            new Measurement.Share("deliver.partials_dropped", 5, 15));
    assertThat(queue.take(10)).extracting(UtteranceRecord::utteranceId).containsExactly("u2", "u3");
  }
}
