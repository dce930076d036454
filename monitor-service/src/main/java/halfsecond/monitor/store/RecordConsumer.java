// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.store;

import halfsecond.monitor.record.UtteranceRecord;
import java.time.Instant;

/**
 * Learns of every record that is kept, in the order in which they are kept and each once: at the
 * start those of before, then each as soon as it is durable. What depends on nothing else is the
 * same after a restart, as far back as records are kept.
 */
@FunctionalInterface
public interface RecordConsumer {
  /**
   * Called by one thread at a time, at the start by the starting one, later by the store's: while
   * it runs nothing is written, so it must not wait. What it throws is logged and disturbs nobody.
   *
   * @param ingested when the record was received
   */
  void accept(UtteranceRecord utterance, Instant ingested);
}
