// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.store;

import halfsecond.monitor.record.Feedback;
import halfsecond.monitor.record.UtteranceRecord;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Learns of everything that users did and that is kept, once each, in the order in which it came;
 * the same after a restart, where it and records come in the order in which they were received.
 */
@FunctionalInterface
public interface FeedbackConsumer {
  /**
   * Called as {@link RecordConsumer#accept}.
   *
   * @param first whether nothing of the same kind was said of the utterance before
   * @param about the record of the utterance; null if there is none (yet)
   * @param ingested when the feedback was received
   */
  void accept(Feedback feedback, boolean first, @Nullable UtteranceRecord about, Instant ingested);
}
