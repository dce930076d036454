// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.store;

import halfsecond.monitor.record.Feedback;
import halfsecond.monitor.record.UtteranceRecord;

/**
 * Reads records and feedback in the form in which they are kept, which the store itself cannot
 * read.
 */
public interface RecordDecoder {
  /**
   * Reads one record.
   *
   * @throws RuntimeException if the bytes are no record, or one that is not valid any more
   */
  UtteranceRecord decode(byte[] encoded);

  /**
   * Reads what one user did.
   *
   * @throws RuntimeException as {@link #decode}
   */
  Feedback decodeFeedback(byte[] encoded);
}
