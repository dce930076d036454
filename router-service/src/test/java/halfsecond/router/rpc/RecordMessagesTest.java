// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.Durations;
import halfsecond.monitor.v1.LateAnswer;
import halfsecond.monitor.v1.ReplayCause;
import halfsecond.monitor.v1.UtteranceRecord;
import halfsecond.router.audio.AudioFormat;
import halfsecond.router.record.Outcome;
import halfsecond.router.record.PartialStatistics;
import halfsecond.router.record.UserHash;
import halfsecond.router.utterance.Cohort;
import halfsecond.router.utterance.DecodeStatistics;
import halfsecond.router.utterance.Finality;
import halfsecond.router.utterance.TrafficClass;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** What the monitor is told about replays and late answers. */
final class RecordMessagesTest {
  private static final halfsecond.router.record.UtteranceRecord CUT =
      new halfsecond.router.record.UtteranceRecord(
          "u1",
          1,
          "s1",
          Instant.EPOCH,
          Optional.empty(),
          Cohort.UNKNOWN,
          TrafficClass.LIVE,
          AudioFormat.INNER,
          Optional.empty(),
          Optional.of(Duration.ofSeconds(1)),
          Optional.empty(),
          Optional.empty(),
          new Outcome.Final(Finality.DEADLINE, false, false, false, OptionalDouble.empty(), 2),
          Optional.empty(),
          new PartialStatistics(1, 2),
          2,
          List.of(
              halfsecond.router.utterance.ReplayCause.HUNG,
              halfsecond.router.utterance.ReplayCause.VAD_LOST),
          "asr-2",
          3,
          "4bf92f3577b34da6a3ce929d0e0e4736");

  private final RecordMessages messages = new RecordMessages(new UserHash(Clock.systemUTC()));

  @Test
  void tellsHowOftenAndWhyAnUtteranceWasReplayed() {
    UtteranceRecord message = messages.message(CUT);

    assertThat(message.getAttempts()).isEqualTo(2);
    assertThat(message.getReplayCausesList())
        .containsExactly(ReplayCause.REPLAY_CAUSE_HUNG, ReplayCause.REPLAY_CAUSE_VAD_LOST);
    assertThat(message.hasDecode()).isFalse();
  }

  @Test
  void tellsOnlyTheLateAnswerInTheSecondRevision() {
    Outcome.Late late =
        new Outcome.Late(false, false, OptionalDouble.of(0.75), 5, 2, 3, Duration.ofMillis(700));
    DecodeStatistics cost =
        new DecodeStatistics(Duration.ofMillis(90), Duration.ZERO, Duration.ofMillis(9), 0.1);
    UtteranceRecord message = messages.message(CUT.late(late, cost));

    assertThat(message.getRevision()).isEqualTo(2);
    assertThat(message.getUtteranceId()).isEqualTo("u1");
    LateAnswer answer = message.getLateAnswer();
    assertThat(answer.getWordCount()).isEqualTo(5);
    assertThat(answer.getTruncatedWords()).isEqualTo(2);
    assertThat(answer.getChangedWords()).isEqualTo(3);
    assertThat(answer.getConfidence()).isEqualTo(0.75);
    assertThat(Durations.toMillis(answer.getDecodeDone())).isEqualTo(700);
    assertThat(message.getDecode().getBackend()).isEqualTo("asr-2");
    assertThat(message.hasClipDuration()).isFalse();
    assertThat(message.hasPartials()).isFalse();
    assertThat(message.getAttempts()).isZero();
    assertThat(message.getReplayCausesList()).isEmpty();
    assertThat(message.getSessionUtterances()).isZero();
    assertThat(message.getTraceId()).isEmpty();
  }
}
