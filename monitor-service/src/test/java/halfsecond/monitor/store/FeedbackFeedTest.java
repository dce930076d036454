// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.store;

import static halfsecond.monitor.rpc.TestRecords.NOW;
import static halfsecond.monitor.rpc.TestRecords.answered;
import static halfsecond.monitor.store.TestStores.done;
import static halfsecond.monitor.store.TestStores.entry;
import static org.assertj.core.api.Assertions.assertThat;

import halfsecond.monitor.record.Feedback;
import halfsecond.monitor.rpc.TestRecords;
import halfsecond.monitor.rpc.UtteranceReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What it costs to tell of what users did. */
final class FeedbackFeedTest {
  private static final int MANY = 1_200;

  @TempDir private Path folder;
  private final List<String> told = new ArrayList<>();
  private BreakableEngine engine;
  private Store store;

  @BeforeEach
  void open() {
    engine = new BreakableEngine(SqliteEngine.in(folder));
    store =
        Store.open(
            engine, TestStores.in(folder), new UtteranceReader(), TestStores.metrics(), () -> NOW);
    store.start(
        List.of(),
        List.of(),
        List.of(
            (feedback, first, about, at) ->
                told.add(
                    feedback.id()
                        + (first ? " first" : " again")
                        + (about == null ? "" : " of " + about.id().utteranceId()))));
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void readsAPageInAsManyQueriesAsASingleOne() {
    done(
        store
            .records()
            .append(IntStream.range(0, MANY).mapToObj(i -> entry(answered("u-" + i))).toList()));
    int before = engine.statements.get();
    done(store.feedback().append(List.of(feedback("f-0", "u-0"))));
    int ofOne = engine.statements.get() - before;

    before = engine.statements.get();
    done(
        store
            .feedback()
            .append(
                IntStream.range(1, MANY).mapToObj(i -> feedback("f-" + i, "u-" + i / 2)).toList()));
    int ofMany = engine.statements.get() - before;

    // Three pages in place of one; the writer looks after what is old in between.
    assertThat(ofMany).isLessThan(3 * ofOne + 40);
    assertThat(told)
        .hasSize(MANY)
        .startsWith("f-0 first of u-0", "f-1 again of u-0", "f-2 first of u-1")
        .endsWith("f-1198 first of u-599", "f-1199 again of u-599");
  }

  @Test
  void whatIsNotUnderstoodIsLeftOutAloneAndMakesNothingASecond() {
    FeedbackEntry odd =
        new FeedbackEntry(feedback("f-1", "u-1").feedback(), NOW, new byte[] {1, 2, 3});

    done(store.feedback().append(List.of(odd, feedback("f-2", "u-1"), feedback("f-3", "u-1"))));

    assertThat(told).containsExactly("f-2 first", "f-3 again");
  }

  private static FeedbackEntry feedback(String id, String utterance) {
    byte[] encoded =
        halfsecond.monitor.v1.Feedback.newBuilder()
            .setFeedbackId(id)
            .setUtteranceId(utterance)
            .setEventTime(TestRecords.answered("x").getEventTime())
            .setKind(halfsecond.monitor.v1.Feedback.Kind.KIND_ACCEPT)
            .build()
            .toByteArray();
    return new FeedbackEntry(
        new Feedback(id, utterance, NOW, Feedback.Kind.ACCEPT, null, null, null, null),
        NOW,
        encoded);
  }
}
