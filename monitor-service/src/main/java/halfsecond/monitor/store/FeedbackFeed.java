// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.store;

import halfsecond.monitor.store.FeedbackPages.Told;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the consumers of all that users did, with the record that it is about. Used by one thread
 * at a time: the starting one, then the writer's.
 */
final class FeedbackFeed {
  private static final Logger LOG = LoggerFactory.getLogger(FeedbackFeed.class);

  private final Database database;
  private final FeedbackPages pages;
  private final Deque<Told> ahead = new ArrayDeque<>();
  private List<FeedbackConsumer> consumers = List.of();
  private long last;
  private boolean exhausted;
  private boolean behind;
  private long failures;

  FeedbackFeed(Database database, RecordDecoder decoder) {
    this.database = database;
    this.pages = new FeedbackPages(decoder, this::failed);
  }

  void consumers(List<FeedbackConsumer> told) {
    consumers = List.copyOf(told);
  }

  /** Tells of what was received until then, as far as it was there when this was asked first. */
  void catchUp(Instant until) throws SQLException {
    tell(it -> !it.ingested().isAfter(until));
  }

  /** Tells of all that there is now. */
  void catchUp() throws SQLException {
    exhausted = false;
    tell(it -> true);
    behind = false;
  }

  /** The same; what cannot be read now is told later. */
  void catchUpIfPossible() {
    try {
      catchUp();
    } catch (SQLException e) {
      behind = true;
      LOG.atWarn().setCause(e).log("what users did cannot be read now");
    }
  }

  /** Whether there is something that could not be read. */
  boolean behind() {
    return behind;
  }

  private void tell(Predicate<Told> due) throws SQLException {
    if (consumers.isEmpty()) {
      return;
    }
    while (true) {
      if (ahead.isEmpty() && !exhausted) {
        long after = last;
        FeedbackPages.Page page = database.read(connection -> pages.after(connection, after));
        ahead.addAll(page.told());
        last = page.end();
        exhausted = page.isLast();
      }
      Told next = ahead.peekFirst();
      if (next == null ? exhausted : !due.test(next)) {
        return;
      }
      if (next != null) {
        ahead.removeFirst();
        feed(next);
      }
    }
  }

  private void feed(Told told) {
    for (FeedbackConsumer consumer : consumers) {
      try {
        consumer.accept(told.feedback(), told.first(), told.about(), told.ingested());
      } catch (RuntimeException e) {
        failed(e);
      }
    }
  }

  private void failed(RuntimeException e) {
    failures++;
    // A bug that every one meets must not fill the disk.
    if (Long.bitCount(failures) == 1) {
      LOG.atError().setCause(e).addKeyValue("times", failures).log("feedback was left out");
    }
  }
}
