// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.store;

import halfsecond.common.error.SpeechException;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The utterance records that are kept. Safe for use by any thread. */
public interface RecordLog {
  /**
   * Hands over records to be kept, after all that were handed over before, and returns without
   * waiting. An empty list completes when those before it have.
   *
   * @return completes on the store's thread once they are durable and the consumers have seen them,
   *     with how many of them were not kept before; waits for as long as they cannot be written.
   *     Fails with {@code DRAINING} when the store closes before, and with {@link StoreException}
   *     if they can never be written
   * @throws SpeechException {@code SATURATED} if too much waits already; nothing was taken
   */
  CompletionStage<Integer> append(List<LogEntry> entries);

  /**
   * The newest records of revision 1 that match, or those that follow a position.
   *
   * @param after where the page before ended; null for the first page
   * @param most at least 1
   * @throws StoreException if it cannot be read
   */
  RecordPage page(RecordQuery query, @Nullable Position after, int most);

  /**
   * The records of one utterance in order of revision; empty if none is kept.
   *
   * @throws StoreException if it cannot be read
   */
  List<byte[]> find(String utteranceId);
}
