// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.store;

import static halfsecond.monitor.rpc.TestRecords.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import halfsecond.monitor.store.StoreContract.Filter;
import halfsecond.monitor.window.CohortKey.Dimension;
import halfsecond.monitor.window.TimeSpan;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every question is answered along an index that is in the order of the answer. */
final class QueryPlanTest {
  private static final TimeSpan HOUR = new TimeSpan(NOW.minus(Duration.ofHours(1)), NOW);
  private static final Position AFTER = new Position(100, 100, 100);

  static Stream<Arguments> questions() {
    return Stream.of(
        Arguments.of("utterances_time", new Filter()),
        Arguments.of("utterances_time", new Filter().latency(200)),
        Arguments.of("utterances_slow", new Filter().latency(500)),
        Arguments.of("utterances_session", new Filter().session("s")),
        Arguments.of("utterances_model", new Filter().model("m@1")),
        Arguments.of("utterances_app", new Filter().cohort(Dimension.APP_VERSION, "1")),
        Arguments.of("utterances_device", new Filter().cohort(Dimension.DEVICE, "1")),
        Arguments.of("utterances_region", new Filter().cohort(Dimension.REGION, "1")),
        Arguments.of("utterances_tenant", new Filter().cohort(Dimension.TENANT, "1")),
        Arguments.of("utterances_format", new Filter().cohort(Dimension.AUDIO_FORMAT, "1")),
        Arguments.of("utterances_null", new Filter().empty()),
        Arguments.of("utterances_rejected", new Filter().rejected()));
  }

  @ParameterizedTest
  @MethodSource("questions")
  void everyFilterHasItsIndex(String index, Filter filter) throws SQLException {
    assertThat(plan(new RecordSearch(filter.query(HOUR), 100, null, 50)))
        .contains("INDEX " + index + " ")
        .doesNotContain("B-TREE");
    assertThat(plan(new RecordSearch(filter.query(HOUR), 100, AFTER, 50)))
        .contains("INDEX " + index + " ")
        .doesNotContain("B-TREE");
  }

  @Test
  void aSessionIsLookedUpBeforeAnythingElse() throws SQLException {
    Filter filter =
        new Filter().session("s").model("m@1").cohort(Dimension.DEVICE, "1").latency(100);

    assertThat(plan(new RecordSearch(filter.query(HOUR), 100, null, 50)))
        .doesNotContain("utterances_time")
        .doesNotContain("B-TREE");
  }

  private static String plan(RecordSearch search) throws SQLException {
    try (Database database = new Database(SqliteEngine.memory())) {
      Schema.prepare(database);
      return database.read(connection -> plan(connection, search));
    }
  }

  private static String plan(Connection connection, RecordSearch search) throws SQLException {
    StringBuilder plan = new StringBuilder();
    try (PreparedStatement explain =
            connection.prepareStatement("EXPLAIN QUERY PLAN " + search.sql());
        ResultSet steps = explain.executeQuery()) {
      while (steps.next()) {
        plan.append(steps.getString("detail")).append('\n');
      }
    }
    return plan.toString();
  }
}
