// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.store;

import halfsecond.monitor.record.Feedback;
import java.time.Instant;

/** What a user did, as it came in: what it says, when it came, and the bytes that it is kept as. */
public final class FeedbackEntry {
  private final Feedback feedback;
  private final Instant ingested;
  private final byte[] encoded;

  /**
   * @param ingested when it was received
   * @param encoded handed over: nobody changes it from now on
   */
  public FeedbackEntry(Feedback feedback, Instant ingested, byte[] encoded) {
    this.feedback = feedback;
    this.ingested = ingested;
    this.encoded = encoded;
  }

  Feedback feedback() {
    return feedback;
  }

  Instant ingested() {
    return ingested;
  }

  /** Not to be changed. */
  byte[] encoded() {
    return encoded;
  }
}
