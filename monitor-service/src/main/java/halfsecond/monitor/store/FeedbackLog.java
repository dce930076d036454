// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.store;

import java.util.List;
import java.util.concurrent.CompletionStage;

/** What users did with transcripts, as far as it is kept. Safe for use by any thread. */
public interface FeedbackLog {
  /**
   * Hands over feedback to be kept; otherwise as {@link RecordLog#append}.
   *
   * @return with how many were not kept before
   */
  CompletionStage<Integer> append(List<FeedbackEntry> entries);

  /**
   * All about one utterance, in order of time.
   *
   * @throws StoreException if it cannot be read
   */
  List<byte[]> about(String utteranceId);
}
