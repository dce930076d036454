// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.store;

import halfsecond.monitor.window.CohortKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of one search. Every filter has an index that is in the order of the page, so that the
 * database reads about as many rows as match the most selective one.
 */
final class RecordSearch {
  private final StringBuilder sql = new StringBuilder();
  private final List<Object> parameters = new ArrayList<>();
  private final long horizon;
  private final int most;

  /**
   * @param after null for the first page
   */
  RecordSearch(RecordQuery query, long horizon, @Nullable Position after, int most) {
    this.horizon = horizon;
    this.most = most;
    sql.append("SELECT sequence, event_time, encoded FROM utterances WHERE revision = 1");
    // The plus keeps the number from being taken for a good index.
    where("+sequence <= ?", horizon);
    where("event_time >= ?", EpochNanos.of(query.span().start()));
    if (after == null) {
      where("event_time < ?", EpochNanos.of(query.span().end()));
    } else {
      where("(event_time, sequence) < (?, ?)", after.eventTime(), after.sequence());
    }
    filter(query);
    sql.append(" ORDER BY event_time DESC, sequence DESC LIMIT ?");
    // One more tells whether there are more.
    parameters.add(most + 1);
  }

  private void filter(RecordQuery query) {
    if (query.sessionId() != null) {
      where("session_id = ?", query.sessionId());
    }
    if (query.modelVersion() != null) {
      where("model_version = ?", AppendOnly.text(query.modelVersion()));
    }
    CohortKey cohort = query.cohort();
    if (cohort != null) {
      where(RecordRows.column(cohort.dimension()) + " = ?", AppendOnly.text(cohort.value()));
    }
    if (query.minimumLatency() != null) {
      long least = EpochNanos.of(query.minimumLatency());
      where("final_latency >= ?", least);
      if (least >= Schema.SLOW_NANOS) {
        // In the words of the index of slow answers, or it would not be used.
        where("final_latency >= " + Schema.SLOW_NANOS);
      }
    }
    if (query.nullTranscriptsOnly()) {
      where("null_transcript = 1");
    }
    if (query.rejectedOnly()) {
      where("rejected = 1");
    }
  }

  /** The statement, whose parameters {@link #run} sets. */
  String sql() {
    return sql.toString();
  }

  RecordPage run(Connection connection) throws SQLException {
    List<byte[]> records = new ArrayList<>();
    Position last = null;
    try (PreparedStatement select = connection.prepareStatement(sql())) {
      for (int i = 0; i < parameters.size(); i++) {
        select.setObject(i + 1, parameters.get(i));
      }
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          if (records.size() == most) {
            return new RecordPage(records, last);
          }
          records.add(rows.getBytes(3));
          last = new Position(horizon, rows.getLong(2), rows.getLong(1));
        }
      }
    }
    return new RecordPage(records, null);
  }

  private void where(String condition, Object... values) {
    sql.append(" AND ").append(condition);
    parameters.addAll(List.of(values));
  }
}
