// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.record;

import halfsecond.common.measure.Measurement;
import halfsecond.common.measure.MeasurementSource;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts what records say of interim results on their way into the queue, and what the queue drops.
 * Safe for use by any thread.
 */
public final class RecordCounts implements RecordSink, MeasurementSource {
  private final RecordQueue queue;
  private final LongAdder sent = new LongAdder();
  private final LongAdder dropped = new LongAdder();

  public RecordCounts(RecordQueue queue) {
    this.queue = queue;
  }

  @Override
  public void offer(UtteranceRecord record) {
    sent.add(record.partials().sent());
    dropped.add(record.partials().dropped());
    queue.offer(record);
  }

  /** Records dropped, and interim results dropped of all that there were. */
  @Override
  public List<Measurement> read() {
    long droppedNow = dropped.sum();
    return List.of(
        new Measurement.Total("route.records_dropped", queue.dropped()),
        new Measurement.Share("deliver.partials_dropped", droppedNow, droppedNow + sent.sum()));
  }
}
