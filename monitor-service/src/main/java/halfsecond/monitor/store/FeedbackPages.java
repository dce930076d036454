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
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads what users did, a page at a time, in three queries whatever its length: the rows, the
 * records that they are about, and what was said of the same utterances.
 */
final class FeedbackPages {
  /** Rows of one page. */
  static final int MOST = 500;

  private static final String AFTER =
      """
      SELECT sequence, ingest_time, utterance_id, encoded FROM feedback
      WHERE sequence > ? ORDER BY sequence LIMIT ?""";

  private static final String ABOUT =
      "SELECT utterance_id, encoded FROM utterances WHERE revision = "
          + RecordId.FIRST
          + " AND utterance_id IN ";

  private static final String OF_THE_SAME =
      "SELECT sequence, utterance_id, encoded FROM feedback WHERE utterance_id IN ";

  private final RecordDecoder decoder;
  private final Consumer<RuntimeException> failed;

  /**
   * What a user did.
   *
   * @param first whether it is the first of its kind about the utterance
   * @param about null if there is no record of it
   */
  record Told(
      Feedback feedback, boolean first, @Nullable UtteranceRecord about, Instant ingested) {}

  /**
   * Part of the log.
   *
   * @param told what could be understood of it
   * @param end number of the last row
   * @param isLast whether there was nothing after it
   */
  record Page(List<Told> told, long end, boolean isLast) {}

  private record Row(long sequence, Instant ingested, String utterance, Feedback feedback) {}

  private record Said(String utterance, Feedback.Kind kind) {}

  /**
   * @param failed told of what cannot be understood, which is left out
   */
  FeedbackPages(RecordDecoder decoder, Consumer<RuntimeException> failed) {
    this.decoder = decoder;
    this.failed = failed;
  }

  /** The rows that come after one. */
  Page after(Connection connection, long sequence) throws SQLException {
    List<Row> rows = new ArrayList<>();
    long end = sequence;
    int count = 0;
    try (PreparedStatement select = connection.prepareStatement(AFTER)) {
      select.setLong(1, sequence);
      select.setInt(2, MOST);
      try (ResultSet found = select.executeQuery()) {
        while (found.next()) {
          count++;
          end = found.getLong(1);
          Instant ingested = EpochNanos.instant(found.getLong(2));
          String utterance = found.getString(3);
          try {
            rows.add(new Row(end, ingested, utterance, decoder.decodeFeedback(found.getBytes(4))));
          } catch (RuntimeException e) {
            failed.accept(e);
          }
        }
      }
    }
    return new Page(rows.isEmpty() ? List.of() : told(connection, rows), end, count < MOST);
  }

  private List<Told> told(Connection connection, List<Row> rows) throws SQLException {
    Set<String> utterances = new LinkedHashSet<>();
    rows.forEach(row -> utterances.add(row.utterance()));
    Map<String, byte[]> records = records(connection, utterances);
    Map<Said, Long> earliest = earliest(connection, utterances);
    List<Told> told = new ArrayList<>();
    for (Row row : rows) {
      Said said = new Said(row.utterance(), row.feedback().kind());
      boolean first = row.sequence() == earliest.getOrDefault(said, row.sequence());
      byte[] about = records.get(row.utterance());
      try {
        UtteranceRecord utterance = about == null ? null : decoder.decode(about);
        told.add(new Told(row.feedback(), first, utterance, row.ingested()));
      } catch (RuntimeException e) {
        failed.accept(e);
      }
    }
    return told;
  }

  private static Map<String, byte[]> records(Connection connection, Collection<String> utterances)
      throws SQLException {
    Map<String, byte[]> records = new HashMap<>();
    try (PreparedStatement select = select(connection, ABOUT, utterances);
        ResultSet found = select.executeQuery()) {
      while (found.next()) {
        records.put(found.getString(1), found.getBytes(2));
      }
    }
    return records;
  }

  /** The number of the first row of each kind about each utterance. */
  private Map<Said, Long> earliest(Connection connection, Collection<String> utterances)
      throws SQLException {
    Map<Said, Long> earliest = new HashMap<>();
    try (PreparedStatement select = select(connection, OF_THE_SAME, utterances);
        ResultSet found = select.executeQuery()) {
      while (found.next()) {
        try {
          Feedback.Kind kind = decoder.decodeFeedback(found.getBytes(3)).kind();
          earliest.merge(new Said(found.getString(2), kind), found.getLong(1), Math::min);
        } catch (RuntimeException e) {
          // It is told of where it is a row of its own.
        }
      }
    }
    return earliest;
  }

  private static PreparedStatement select(
      Connection connection, String sql, Collection<String> utterances) throws SQLException {
    String places = String.join(", ", Collections.nCopies(utterances.size(), "?"));
    PreparedStatement select = connection.prepareStatement(sql + "(" + places + ")");
    int place = 1;
    for (String utterance : utterances) {
      select.setString(place++, utterance);
    }
    return select;
  }
}
