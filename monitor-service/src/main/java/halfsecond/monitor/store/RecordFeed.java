// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.store;

import halfsecond.monitor.record.UtteranceRecord;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the consumers of every record, in the order of the log. Used by one thread at a time: the
 * starting one, then the writer's.
 */
final class RecordFeed {
  private static final Logger LOG = LoggerFactory.getLogger(RecordFeed.class);
  private static final int PAGE = 1_000;
  private static final String AFTER =
      """
      SELECT sequence, ingest_time, encoded FROM utterances
      WHERE sequence > ? ORDER BY sequence LIMIT ?""";

  private final Database database;
  private final RecordDecoder decoder;
  private List<RecordConsumer> consumers = List.of();
  private @Nullable FeedbackFeed alongside;
  private long last;
  private long unreadable;
  private long failures;

  RecordFeed(Database database, RecordDecoder decoder) {
    this.database = database;
    this.decoder = decoder;
  }

  /** Part of the log: what could be read of it, and the number of its last row. */
  private record Page(List<LogEntry> entries, long end, boolean isLast) {}

  /**
   * Tells of all that is kept; returns how many there were.
   *
   * @param feedback tells of what was received before each record, and in the end of the rest
   * @param restoring told now and not later
   * @param always told now and later
   */
  long restore(List<RecordConsumer> restoring, List<RecordConsumer> always, FeedbackFeed feedback)
      throws SQLException {
    List<RecordConsumer> all = new ArrayList<>(restoring);
    all.addAll(always);
    consumers = all;
    alongside = feedback;
    long fed = catchUp();
    alongside = null;
    feedback.catchUp();
    consumers = List.copyOf(always);
    return fed;
  }

  /** Reads on from where it is, in memory for some records only; returns how many there were. */
  long catchUp() throws SQLException {
    long fed = 0;
    boolean more = true;
    while (more) {
      long after = last;
      Page page = database.read(connection -> page(connection, after));
      for (LogEntry entry : page.entries()) {
        FeedbackFeed feedback = alongside;
        if (feedback != null) {
          feedback.catchUp(entry.ingested());
        }
        feed(entry.utterance(), entry.ingested());
      }
      last = page.end();
      fed += page.entries().size();
      more = !page.isLast();
    }
    return fed;
  }

  /** Takes what this process has just written. Where others write too, that is read back. */
  void own(List<LogEntry> entries, Appended appended) {
    if (database.engine().shared()) {
      return;
    }
    appended.fresh().stream()
        .mapToObj(entries::get)
        .forEach(entry -> feed(entry.utterance(), entry.ingested()));
    last = Math.max(last, appended.first() + appended.fresh().length() - 1);
  }

  /** Records that could not be read because they are not what this program calls a record. */
  long unreadable() {
    return unreadable;
  }

  private Page page(Connection connection, long after) throws SQLException {
    List<LogEntry> entries = new ArrayList<>();
    long end = after;
    int rows = 0;
    try (PreparedStatement select = connection.prepareStatement(AFTER)) {
      select.setLong(1, after);
      select.setInt(2, PAGE);
      try (ResultSet found = select.executeQuery()) {
        while (found.next()) {
          rows++;
          end = found.getLong(1);
          byte[] encoded = found.getBytes(3);
          try {
            entries.add(
                new LogEntry(
                    decoder.decode(encoded), EpochNanos.instant(found.getLong(2)), encoded));
          } catch (RuntimeException e) {
            unreadable++;
          }
        }
      }
    }
    return new Page(entries, end, rows < PAGE);
  }

  private void feed(UtteranceRecord utterance, Instant ingested) {
    for (RecordConsumer consumer : consumers) {
      try {
        consumer.accept(utterance, ingested);
      } catch (RuntimeException e) {
        failures++;
        // A bug that every record meets must not fill the disk.
        if (Long.bitCount(failures) == 1) {
          LOG.atError().setCause(e).addKeyValue("times", failures).log("a consumer failed");
        }
      }
    }
  }
}
