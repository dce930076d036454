// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The records in either database. */
final class SqlRecordLog implements RecordLog {
  private static final String FIND =
      "SELECT encoded FROM utterances WHERE utterance_id = ? ORDER BY revision";

  private final Database database;
  private final StoreWriter writer;
  private final RecordFeed feed;

  SqlRecordLog(Database database, StoreWriter writer, RecordFeed feed) {
    this.database = database;
    this.writer = writer;
    this.feed = feed;
  }

  @Override
  public CompletionStage<Integer> append(List<LogEntry> entries) {
    List<LogEntry> kept = List.copyOf(entries);
    return writer.write(
        new Append(
            kept.size(),
            connection -> RecordRows.insert(connection, kept),
            appended -> feed.own(kept, appended)));
  }

  @Override
  public RecordPage page(RecordQuery query, @Nullable Position after, int most) {
    try {
      return database.read(
          connection -> {
            long horizon =
                after == null ? AppendOnly.newest(connection, RecordRows.TABLE) : after.horizon();
            return new RecordSearch(query, horizon, after, most).run(connection);
          });
    } catch (SQLException e) {
      throw new StoreException("records cannot be read", e);
    }
  }

  @Override
  public List<byte[]> find(String utteranceId) {
    try {
      return database.read(
          connection -> {
            try (PreparedStatement select = connection.prepareStatement(FIND)) {
              select.setString(1, utteranceId);
              try (ResultSet rows = select.executeQuery()) {
                List<byte[]> records = new ArrayList<>();
                while (rows.next()) {
                  records.add(rows.getBytes(1));
                }
                return records;
              }
            }
          });
    } catch (SQLException e) {
      throw new StoreException("records cannot be read", e);
    }
  }
}
