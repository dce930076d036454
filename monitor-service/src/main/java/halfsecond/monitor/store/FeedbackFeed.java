// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.store;

import halfsecond.monitor.record.Feedback;
import halfsecond.monitor.record.RecordId;
import halfsecond.monitor.record.UtteranceRecord;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the consumers of all that users did, with the record that it is about. Used by one thread
 * at a time: the starting one, then the writer's.
 */
final class FeedbackFeed {
  private static final Logger LOG = LoggerFactory.getLogger(FeedbackFeed.class);
  private static final int PAGE = 500;
  private static final String AFTER =
      """
      SELECT sequence, ingest_time, utterance_id, encoded FROM feedback
      WHERE sequence > ? ORDER BY sequence LIMIT ?""";

  private static final String ABOUT =
      "SELECT encoded FROM utterances WHERE utterance_id = ? AND revision = " + RecordId.FIRST;

  private static final String EARLIER =
      "SELECT encoded FROM feedback WHERE utterance_id = ? AND sequence < ?";

  private final Database database;
  private final RecordDecoder decoder;
  private final Deque<Told> ahead = new ArrayDeque<>();
  private List<FeedbackConsumer> consumers = List.of();
  private long last;
  private boolean exhausted;
  private boolean behind;
  private long failures;

  private record Told(
      Feedback feedback, boolean first, @Nullable UtteranceRecord about, Instant ingested) {}

  FeedbackFeed(Database database, RecordDecoder decoder) {
    this.database = database;
    this.decoder = decoder;
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
        int rows = database.read(connection -> readAhead(connection, after));
        exhausted = rows < PAGE;
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

  /** Returns how many rows there were; those that cannot be understood are left out. */
  private int readAhead(Connection connection, long after) throws SQLException {
    int rows = 0;
    List<Told> page = new ArrayList<>();
    long end = after;
    try (PreparedStatement select = connection.prepareStatement(AFTER);
        PreparedStatement about = connection.prepareStatement(ABOUT);
        PreparedStatement earlier = connection.prepareStatement(EARLIER)) {
      select.setLong(1, after);
      select.setInt(2, PAGE);
      try (ResultSet found = select.executeQuery()) {
        while (found.next()) {
          rows++;
          end = found.getLong(1);
          Instant ingested = EpochNanos.instant(found.getLong(2));
          String utterance = found.getString(3);
          try {
            Feedback feedback = decoder.decodeFeedback(found.getBytes(4));
            page.add(
                new Told(
                    feedback,
                    isFirst(earlier, utterance, end, feedback.kind()),
                    record(about, utterance),
                    ingested));
          } catch (RuntimeException e) {
            failed(e);
          }
        }
      }
    }
    ahead.addAll(page);
    last = end;
    return rows;
  }

  private @Nullable UtteranceRecord record(PreparedStatement about, String utterance)
      throws SQLException {
    about.setString(1, utterance);
    try (ResultSet found = about.executeQuery()) {
      return found.next() ? decoder.decode(found.getBytes(1)) : null;
    }
  }

  private boolean isFirst(
      PreparedStatement earlier, String utterance, long sequence, Feedback.Kind kind)
      throws SQLException {
    earlier.setString(1, utterance);
    earlier.setLong(2, sequence);
    try (ResultSet found = earlier.executeQuery()) {
      while (found.next()) {
        if (decoder.decodeFeedback(found.getBytes(1)).kind() == kind) {
          return false;
        }
      }
    }
    return true;
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
