// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.store;

import halfsecond.common.lifecycle.StartException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * The tables, made or brought up to date at the start. Versions are only ever added; each is a list
 * of statements separated by semicolons.
 *
 * <p>Whoever looks for single utterances wants the newest first, so every index ends with the time
 * of the event. What is rare has an index of its own that holds nothing else.
 */
final class Schema {
  /** Latency that the index of slow answers begins at: the default budget. */
  static final long SLOW_NANOS = 500_000_000;

  private static final List<String> VERSIONS =
      List.of(
          """
          CREATE TABLE utterances (
            sequence {key} PRIMARY KEY,
            ingest_time BIGINT NOT NULL,
            utterance_id TEXT NOT NULL,
            revision SMALLINT NOT NULL,
            event_time BIGINT NOT NULL,
            session_id TEXT NOT NULL,
            model_version TEXT NOT NULL,
            app_version TEXT NOT NULL,
            device TEXT NOT NULL,
            region TEXT NOT NULL,
            tenant TEXT NOT NULL,
            audio_format TEXT NOT NULL,
            final_latency BIGINT,
            null_transcript SMALLINT NOT NULL,
            rejected SMALLINT NOT NULL,
            encoded {bytes} NOT NULL);
          CREATE UNIQUE INDEX utterances_id ON utterances (utterance_id, revision);
          CREATE INDEX utterances_time ON utterances (event_time, sequence);
          CREATE INDEX utterances_session ON utterances (session_id, event_time, sequence);
          CREATE INDEX utterances_model ON utterances (model_version, event_time, sequence);
          CREATE INDEX utterances_app ON utterances (app_version, event_time, sequence);
          CREATE INDEX utterances_device ON utterances (device, event_time, sequence);
          CREATE INDEX utterances_region ON utterances (region, event_time, sequence);
          CREATE INDEX utterances_tenant ON utterances (tenant, event_time, sequence);
          CREATE INDEX utterances_format ON utterances (audio_format, event_time, sequence);
          CREATE INDEX utterances_slow ON utterances (event_time, sequence)
            WHERE final_latency >= 500000000;
          CREATE INDEX utterances_null ON utterances (event_time, sequence)
            WHERE null_transcript = 1;
          CREATE INDEX utterances_rejected ON utterances (event_time, sequence)
            WHERE rejected = 1;
          CREATE TABLE feedback (
            sequence {key} PRIMARY KEY,
            ingest_time BIGINT NOT NULL,
            feedback_id TEXT NOT NULL UNIQUE,
            utterance_id TEXT NOT NULL,
            event_time BIGINT NOT NULL,
            encoded {bytes} NOT NULL);
          CREATE INDEX feedback_utterance ON feedback (utterance_id, event_time, sequence);
          CREATE TABLE documents (
            kind TEXT NOT NULL,
            id TEXT NOT NULL,
            version BIGINT NOT NULL,
            updated BIGINT NOT NULL,
            bytes {bytes} NOT NULL,
            PRIMARY KEY (kind, id));
          """,
          """
          ALTER TABLE documents ADD COLUMN changed BIGINT NOT NULL DEFAULT 0;
          CREATE INDEX documents_changed ON documents (kind, changed);
          CREATE TABLE document_changes (
            kind TEXT PRIMARY KEY,
            number BIGINT NOT NULL);
          INSERT INTO document_changes (kind, number) SELECT kind, 1 FROM documents GROUP BY kind;
          """);

  private Schema() {}

  /**
   * @throws StartException if the tables were made by a newer program
   */
  static void prepare(Database database) throws SQLException {
    Engine engine = database.engine();
    int found =
        database.write(
            connection -> {
              int version = version(connection);
              for (int next = version; next < VERSIONS.size(); next++) {
                for (String statement : VERSIONS.get(next).split(";\\s*", -1)) {
                  if (!statement.isBlank()) {
                    run(connection, typed(statement, engine));
                  }
                }
                run(connection, "INSERT INTO store_version (version) VALUES (" + (next + 1) + ")");
              }
              return version;
            });
    if (found > VERSIONS.size()) {
      throw new StartException(
          engine.name() + " was written by a newer monitor; use that one, or another place");
    }
  }

  private static int version(Connection connection) throws SQLException {
    run(connection, "CREATE TABLE IF NOT EXISTS store_version (version INTEGER NOT NULL)");
    try (Statement statement = connection.createStatement();
        ResultSet newest =
            statement.executeQuery("SELECT COALESCE(MAX(version), 0) FROM store_version")) {
      newest.next();
      return newest.getInt(1);
    }
  }

  private static String typed(String statement, Engine engine) {
    return statement.replace("{key}", engine.keyType()).replace("{bytes}", engine.bytesType());
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
