// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.store;

import halfsecond.monitor.record.UtteranceRecord;
import java.time.Instant;

/** One record as it came in: what it says, when it came, and the bytes that it is kept as. */
public final class LogEntry {
  private final UtteranceRecord utterance;
  private final Instant ingested;
  private final byte[] encoded;

  /**
   * @param ingested when it was received
   * @param encoded handed over: nobody changes it from now on
   */
  public LogEntry(UtteranceRecord utterance, Instant ingested, byte[] encoded) {
    this.utterance = utterance;
    this.ingested = ingested;
    this.encoded = encoded;
  }

  public UtteranceRecord utterance() {
    return utterance;
  }

  public Instant ingested() {
    return ingested;
  }

  /** Not to be changed. */
  byte[] encoded() {
    return encoded;
  }
}
