// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.store;

import halfsecond.monitor.record.Feedback;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Feedback in either database. */
final class SqlFeedbackLog implements FeedbackLog {
  static final String TABLE = "feedback";

  private static final String INSERT =
      """
      INSERT INTO feedback (sequence, ingest_time, feedback_id, utterance_id, event_time, encoded)
      VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT (feedback_id) DO NOTHING""";

  private static final String ABOUT =
      "SELECT encoded FROM feedback WHERE utterance_id = ? ORDER BY event_time, sequence";

  private final Database database;
  private final StoreWriter writer;
  private final FeedbackFeed feed;

  SqlFeedbackLog(Database database, StoreWriter writer, FeedbackFeed feed) {
    this.database = database;
    this.writer = writer;
    this.feed = feed;
  }

  @Override
  public CompletionStage<Integer> append(List<FeedbackEntry> entries) {
    List<FeedbackEntry> kept = List.copyOf(entries);
    return writer.write(
        new Append(
            kept.size(),
            connection -> AppendOnly.insert(connection, TABLE, INSERT, kept, SqlFeedbackLog::bind),
            appended -> feed.catchUpIfPossible()));
  }

  @Override
  public List<byte[]> about(String utteranceId) {
    try {
      return database.read(
          connection -> {
            try (PreparedStatement select = connection.prepareStatement(ABOUT)) {
              select.setString(1, utteranceId);
              try (ResultSet rows = select.executeQuery()) {
                List<byte[]> feedback = new ArrayList<>();
                while (rows.next()) {
                  feedback.add(rows.getBytes(1));
                }
                return feedback;
              }
            }
          });
    } catch (SQLException e) {
      throw new StoreException("feedback cannot be read", e);
    }
  }

  private static void bind(PreparedStatement insert, FeedbackEntry entry) throws SQLException {
    Feedback feedback = entry.feedback();
    insert.setLong(2, EpochNanos.of(entry.ingested()));
    insert.setString(3, feedback.id());
    insert.setString(4, feedback.utteranceId());
    insert.setLong(5, EpochNanos.of(feedback.eventTime()));
    insert.setBytes(6, entry.encoded());
  }
}
