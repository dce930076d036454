// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.store;

import halfsecond.common.concurrent.Ticker;
import java.sql.SQLException;
import java.time.Duration;

/**
 * What the writer's thread does between transactions: deletes what is too old or too much, a little
 * at a time, and looks for what others have written. Used by that thread only.
 */
final class Upkeep {
  private static final long EVERY = Duration.ofSeconds(1).toNanos();

  private final RecordFeed feed;
  private final FeedbackFeed feedback;
  private final boolean shared;
  private final Retention retention;
  private final Ticker ticker;
  private long rows;
  private long last;
  private boolean more;

  /**
   * @param shared whether others write too
   */
  Upkeep(
      RecordFeed feed, FeedbackFeed feedback, boolean shared, Retention retention, Ticker ticker) {
    this.feed = feed;
    this.feedback = feedback;
    this.shared = shared;
    this.retention = retention;
    this.ticker = ticker;
    this.last = ticker.nanos();
  }

  /** A transaction is durable; nobody was told yet. */
  void committed() throws SQLException {
    if (shared) {
      feed.catchUp();
    }
  }

  /**
   * Does what is due.
   *
   * @param written rows written since the last time
   * @return true if there is more to do at once
   */
  boolean step(int written) throws SQLException {
    rows += written;
    long now = ticker.nanos();
    if (!more && rows < Retention.BATCH && now - last < EVERY) {
      return false;
    }
    rows = 0;
    last = now;
    if (shared) {
      feed.catchUp();
    }
    if (shared || feedback.behind()) {
      feedback.catchUp();
    }
    more = retention.step();
    return more;
  }
}
