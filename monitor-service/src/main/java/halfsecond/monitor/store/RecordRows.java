// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.store;

import halfsecond.monitor.record.LatencyInstants;
import halfsecond.monitor.record.ModelChoice;
import halfsecond.monitor.record.Outcome;
import halfsecond.monitor.record.UtteranceRecord;
import halfsecond.monitor.window.CohortKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;

/** Records as rows: beside the bytes, the columns that they can be found by. */
final class RecordRows {
  static final String TABLE = "utterances";

  private static final String INSERT =
      """
      INSERT INTO utterances (sequence, ingest_time, utterance_id, revision, event_time, session_id,
        model_version, app_version, device, region, tenant, audio_format,
        final_latency, null_transcript, rejected, encoded)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (utterance_id, revision) DO NOTHING""";

  private RecordRows() {}

  static Appended insert(Connection connection, List<LogEntry> entries) throws SQLException {
    return AppendOnly.insert(connection, TABLE, INSERT, entries, RecordRows::bind);
  }

  /** The column that tells apart the cohorts of a dimension. */
  static String column(CohortKey.Dimension dimension) {
    return switch (dimension) {
      case APP_VERSION -> "app_version";
      case DEVICE -> "device";
      case REGION -> "region";
      case TENANT -> "tenant";
      case AUDIO_FORMAT -> "audio_format";
    };
  }

  private static void bind(PreparedStatement insert, LogEntry entry) throws SQLException {
    UtteranceRecord utterance = entry.utterance();
    ModelChoice model = utterance.model();
    int column = 2;
    insert.setLong(column++, EpochNanos.of(entry.ingested()));
    insert.setString(column++, utterance.id().utteranceId());
    insert.setInt(column++, utterance.id().revision());
    insert.setLong(column++, EpochNanos.of(utterance.origin().eventTime()));
    insert.setString(column++, utterance.origin().sessionId());
    insert.setString(column++, model == null ? RecordQuery.NO_MODEL : model.version());
    for (CohortKey.Dimension dimension : CohortKey.Dimension.values()) {
      insert.setString(column++, AppendOnly.text(dimension.valueOf(utterance)));
    }
    LatencyInstants latency = utterance.latency();
    if (latency == null) {
      insert.setNull(column++, Types.BIGINT);
    } else {
      insert.setLong(column++, EpochNanos.of(latency.sent()));
    }
    Outcome outcome = utterance.outcome();
    boolean empty = outcome instanceof Outcome.Final answer && answer.text().nullTranscript();
    insert.setInt(column++, empty ? 1 : 0);
    insert.setInt(column++, outcome instanceof Outcome.Rejected ? 1 : 0);
    insert.setBytes(column, entry.encoded());
  }
}
