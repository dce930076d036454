// SPDX-License-Identifier: Apache-2.0
package halfsecond.monitor.judge;

import static org.assertj.core.api.Assertions.assertThat;

import halfsecond.monitor.record.Feedback;
import halfsecond.monitor.record.Stage;
import halfsecond.monitor.record.UtteranceRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class AftermathTest {
  private static final Instant START = Instant.parse("2026-03-02T00:00:00Z");

  private final Aftermath aftermath = new Aftermath();

  @Test
  void tellsOfEachFinalWhenEnoughTimeHasPassed() {
    UtteranceRecord first = Utterances.named("u-1", START);
    UtteranceRecord second = Utterances.named("u-2", START.plusSeconds(10));
    aftermath.add(first);
    aftermath.react(first, Feedback.Kind.REDO);
    aftermath.react(second, Feedback.Kind.CORRECTION);
    aftermath.add(second);
    aftermath.react(second, Feedback.Kind.REDO);

    assertThat(aftermath.due(START.plus(Duration.ofSeconds(119)))).isEmpty();
    assertThat(aftermath.due(START.plus(Duration.ofMinutes(2))))
        .containsExactly(new Aftermath.Known(first, Set.of(Feedback.Kind.REDO)));
    assertThat(aftermath.due(START.plus(Duration.ofSeconds(500))))
        .containsExactly(
            new Aftermath.Known(second, Set.of(Feedback.Kind.REDO, Feedback.Kind.CORRECTION)));
    assertThat(aftermath.due(START.plus(Duration.ofSeconds(500)))).isEmpty();
  }

  @Test
  void leavesOutRefusalsAndWhatWasNeverRecorded() {
    aftermath.add(Utterances.refused(START, 0.1));
    aftermath.react(Utterances.named("lost", START), Feedback.Kind.REDO);

    assertThat(aftermath.due(START.plus(Duration.ofHours(1)))).isEmpty();
    assertThat(aftermath.isReported(Feedback.Kind.REDO)).isTrue();
    assertThat(aftermath.isReported(Feedback.Kind.ACCEPT)).isFalse();
  }

  @Test
  void judgesThoseThatWaitWhenThereIsNoRoomForMore() {
    for (int i = 0; i < 2 * Aftermath.MOST; i++) {
      aftermath.add(Utterances.named("u-" + i, START.plusMillis(i)));
    }

    assertThat(aftermath.due(START.plus(Duration.ofHours(1))))
        .hasSize(Aftermath.MOST)
        .first()
        .extracting(known -> known.utterance().id().utteranceId())
        .isEqualTo("u-0");
  }

  /** Ten finals a second; a minute is a period. */
  @Test
  void theJudgeSeesThatUsersSayItAgainMoreOften() {
    Pace pace = new Pace(Duration.ofMinutes(1), 4, 1_000, 12, Duration.ofHours(20));
    Judge judge = new Judge(Watchlist.builtIn(), pace, 16);
    Random random = new Random(8);
    Instant now = START;
    int number = 0;
    for (; number < 8_000; number++) {
      now = now.plusMillis(100);
      speak(judge, number, now, random.nextDouble() < 0.04);
    }
    assertThat(judge.alarms()).isEmpty();

    for (; number < 16_000 && judge.alarms().isEmpty(); number++) {
      now = now.plusMillis(100);
      speak(judge, number, now, random.nextDouble() < 0.12);
    }

    assertThat(judge.alarms()).hasSize(1);
    Alarm alarm = judge.alarms().get(0);
    assertThat(alarm.stage()).isEqualTo(Stage.PIPELINE);
    Alarm.Evidence cause = alarm.cause().orElseThrow();
    assertThat(cause.series().watched().metric()).isEqualTo("pipeline.redos");
    assertThat(cause.finding().after()).isGreaterThan(0.08);
    assertThat(Wording.nextStep(alarm)).contains("Users");
    assertThat(alarm.began())
        .as("the time of the utterances, not of what users did")
        .isBetween(START.plusSeconds(700), START.plusSeconds(900));
  }

  private static void speak(Judge judge, int number, Instant at, boolean redone) {
    UtteranceRecord utterance = Utterances.named("u-" + number, at);
    judge.add(utterance);
    if (redone) {
      judge.react(utterance, Feedback.Kind.REDO);
    }
  }
}
