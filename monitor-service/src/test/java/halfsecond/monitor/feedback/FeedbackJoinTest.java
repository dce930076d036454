// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import halfsecond.monitor.record.Feedback;
import halfsecond.monitor.record.UtteranceRecord;
import halfsecond.monitor.rpc.TestRecords;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class FeedbackJoinTest {
  private static final Instant NOW = TestRecords.NOW;

  private final List<String> told = new ArrayList<>();
  private final FeedbackJoin join =
      new FeedbackJoin(
          List.of((about, kind, at) -> told.add(kind + " of " + about.id().utteranceId())));

  @Test
  void tellsOfWhatComesAfterItsRecordAtOnce() {
    say("u-1", Feedback.Kind.REDO, true, record("u-1"));
    say("u-1", Feedback.Kind.REDO, false, record("u-1"));
    join.accept(record("u-1"), NOW);

    assertThat(told).containsExactly("REDO of u-1");
  }

  @Test
  void tellsOfWhatCameBeforeItsRecordWhenThatComes() {
    say("u-1", Feedback.Kind.CORRECTION, true, null);
    say("u-1", Feedback.Kind.CORRECTION, false, null);
    say("u-1", Feedback.Kind.REDO, true, null);
    join.accept(TestRecords.read(TestRecords.late("u-1")), NOW);
    assertThat(told).isEmpty();

    join.accept(record("u-2"), NOW);
    join.accept(record("u-1"), NOW);
    join.accept(record("u-1"), NOW);

    assertThat(told).containsExactly("REDO of u-1", "CORRECTION of u-1");
  }

  @Test
  void remembersTheNewestOfThoseWithoutARecord() {
    for (int i = 0; i < 10_001; i++) {
      say("u-" + i, Feedback.Kind.REDO, true, null);
    }
    join.accept(record("u-0"), NOW);
    join.accept(record("u-1"), NOW);

    assertThat(told).containsExactly("REDO of u-1");
  }

  private void say(
      String utterance, Feedback.Kind kind, boolean first, @Nullable UtteranceRecord about) {
    join.accept(
        new Feedback("f-1", utterance, NOW, kind, null, null, null, null), first, about, NOW);
  }

  private static UtteranceRecord record(String id) {
    return TestRecords.read(TestRecords.answered(id));
  }
}
