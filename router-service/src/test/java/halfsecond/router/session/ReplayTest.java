// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.session;

import static org.assertj.core.api.Assertions.assertThat;

import halfsecond.common.error.Reason;
import halfsecond.router.record.UtteranceRecord;
import halfsecond.router.replay.Replays;
import halfsecond.router.utterance.Finality;
import halfsecond.router.utterance.ReplayCause;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is lost with a backend is sent again to another one. */
final class ReplayTest {
  private final CountingAdmission admission = new CountingAdmission();
  private final Stage stage = new Stage().interims().admitting(admission);

  private FakeRecognition.Stream speaking() {
    stage.open();
    stage.speaks(1000);
    stage.vad.stream().started(3_200, 3_200, 12_800);
    return attempt(1);
  }

  private FakeRecognition.Stream spoken() {
    FakeRecognition.Stream clip = speaking();
    stage.vad.stream().ended(16_000, 16_000, EndReason.END_OF_SPEECH);
    return clip;
  }

  private FakeRecognition.Stream attempt(int number) {
    return stage.recognition.streams.get(number - 1);
  }

  private Reason refusal() {
    return stage.out.rejections.get(0).status().reason();
  }

  @ParameterizedTest
  @CsvSource({
    "BACKEND_UNAVAILABLE, LOST",
    "INTERNAL, RESET",
    "DRAINING, DRAINING",
    "AUDIO_TIMEOUT, RESET"
  })
  void sendsEverythingAgainAndGoesOn(Reason reason, ReplayCause cause) {
    FakeRecognition.Stream lost = speaking();
    lost.progress();
    lost.fails(reason);
    FakeRecognition.Stream second = attempt(2);
    assertThat(second.request.attempt()).isEqualTo(2);
    assertThat(second.request.avoid()).containsExactly("asr-1");
    assertThat(second.audio()).isEqualTo(stage.sent(3_200, 12_800));
    stage.vad.stream().ended(16_000, 16_000, EndReason.END_OF_SPEECH);
    assertThat(second.audio()).isEqualTo(stage.sent(3_200, 16_000));
    second.answers("all of it");

    FinalResult answer = stage.out.finals.get(0);
    assertThat(answer.finality()).isEqualTo(Finality.END_OF_SPEECH);
    assertThat(answer.latency().attempts()).isEqualTo(2);
    UtteranceRecord record = stage.records.get(0);
    assertThat(record.attempts()).isEqualTo(2);
    assertThat(record.replayCauses()).containsExactly(cause);
    assertThat(record.backend()).isEqualTo("asr-2");
    assertThat(admission.open).isEmpty();
  }

  @Test
  void doesNotCutAReplayedUtteranceAtTheBudget() {
    FakeRecognition.Stream lost = spoken();
    stage.pass(300);
    lost.lost();
    assertThat(attempt(2).within).isEqualTo(Duration.ofMillis(1_450));
    stage.pass(1_000);
    assertThat(stage.out.finals).isEmpty();
    attempt(2).answers("full");

    assertThat(stage.out.finals.get(0).finality()).isEqualTo(Finality.END_OF_SPEECH);
    assertThat(stage.out.finals.get(0).latency().sent()).isEqualTo(Duration.ofMillis(1_300));
  }

  @Test
  void doesNotCutAReplayedUtteranceBeforeTheBudgetOfItsSession() {
    stage.budget(Duration.ofSeconds(5));
    FakeRecognition.Stream lost = spoken();
    lost.hypothesis("what was heard");
    lost.lost();
    stage.pass(4_979);
    assertThat(stage.out.finals).isEmpty();
    stage.pass(1);

    assertThat(stage.out.finals.get(0).finality()).isEqualTo(Finality.DEADLINE);
  }

  @Test
  void cutsAReplayedUtteranceInTheEnd() {
    FakeRecognition.Stream lost = spoken();
    lost.hypothesis("what was heard");
    lost.lost();
    stage.pass(1_479);
    assertThat(stage.out.finals).isEmpty();
    stage.pass(1);

    assertThat(stage.out.finals.get(0).finality()).isEqualTo(Finality.DEADLINE);
    assertThat(stage.out.finals.get(0).alternatives().get(0).transcript())
        .isEqualTo("what was heard");
  }

  @Test
  void refusesAndQuarantinesWhatTookTwoBackendsWithIt() {
    spoken().lost();
    attempt(2).lost();

    assertThat(refusal()).isEqualTo(Reason.REPLAY_EXHAUSTED);
    assertThat(stage.records.get(0).attempts()).isEqualTo(2);
    assertThat(stage.records.get(0).replayCauses()).containsExactly(ReplayCause.LOST);
    assertThat(stage.recognition.streams).hasSize(2);
    assertThat(admission.open).isEmpty();
    assertThat(stage.replays.quarantine().holds(stage.sent(3_200, 16_000))).isTrue();
  }

  @Test
  void quarantinesWhatIsSpokenOnceItsFirstSecondIsKnown() {
    speaking().lost();
    attempt(2).lost();
    assertThat(stage.replays.quarantine().isEmpty()).isTrue();
    stage.speaks(500);
    stage.vad.stream().acknowledged(20_000);

    assertThat(stage.replays.quarantine().holds(stage.sent(3_200, 19_200))).isTrue();
  }

  @Test
  void doesNotCountDrains() {
    FakeRecognition.Stream lost = spoken();
    lost.progress();
    lost.fails(Reason.DRAINING);
    attempt(2).progress();
    attempt(2).fails(Reason.DRAINING);
    attempt(3).answers("heard in the end");

    assertThat(stage.out.finals.get(0).finality()).isEqualTo(Finality.END_OF_SPEECH);
    assertThat(stage.out.finals.get(0).latency().attempts()).isEqualTo(3);
    assertThat(stage.records.get(0).replayCauses())
        .containsExactly(ReplayCause.DRAINING, ReplayCause.DRAINING);
    assertThat(stage.replays.quarantine().isEmpty()).isTrue();
  }

  @Test
  void waitsForTheLastAttemptHoweverSilent() {
    FakeRecognition.Stream first = spoken();
    first.alive = false;
    stage.pass(400);
    attempt(2).alive = false;
    stage.pass(900);
    assertThat(attempt(2).abandoned).isNull();
    attempt(2).answers("late, but all of it");

    assertThat(stage.out.finals.get(0).finality()).isEqualTo(Finality.END_OF_SPEECH);
    assertThat(first.abandoned).isEqualTo(ReplayCause.HUNG);
    assertThat(stage.out.rejections).isEmpty();
  }

  @Test
  void holdsAudioBackWhileThereIsAQuarantineAndRefusesWhatIsInIt() {
    stage.open();
    stage.speaks(3000);
    stage.replays.quarantine().add(stage.sent(3_200, 19_200));
    stage.vad.stream().started(3_200, 3_200, 8_000);
    stage.vad.stream().acknowledged(19_199);
    assertThat(stage.recognition.streams).isEmpty();
    stage.vad.stream().acknowledged(19_200);
    assertThat(refusal()).isEqualTo(Reason.REPLAY_EXHAUSTED);
    stage.vad.stream().ended(22_000, 22_000, EndReason.END_OF_SPEECH);

    // Another clip, shorter than a second, goes as soon as it is known.
    stage.vad.stream().started(24_000, 24_000, 26_000);
    assertThat(stage.recognition.streams).isEmpty();
    stage.vad.stream().ended(30_000, 30_000, EndReason.END_OF_SPEECH);
    assertThat(attempt(1).audio()).isEqualTo(stage.sent(24_000, 30_000));
    assertThat(attempt(1).finished).isTrue();
    assertThat(admission.open).hasSize(1);
  }

  @Test
  void doesNotCountABackendThatTurnedTheClipAway() {
    FakeRecognition.Stream away = speaking();
    away.fails(Reason.SATURATED);
    attempt(2).fails(Reason.DRAINING);
    attempt(3).lost();
    assertThat(stage.out.rejections).isEmpty();
    stage.vad.stream().ended(16_000, 16_000, EndReason.END_OF_SPEECH);
    attempt(4).answers("found one");

    assertThat(stage.out.finals).hasSize(1);
    assertThat(stage.records.get(0).attempts()).isEqualTo(2);
    assertThat(stage.records.get(0).replayCauses()).containsExactly(ReplayCause.LOST);
  }

  @Test
  void keepsTheBudgetWhenOnlyAnotherBackendHadToBeFound() {
    speaking().fails(Reason.SATURATED);
    stage.vad.stream().ended(16_000, 16_000, EndReason.END_OF_SPEECH);

    assertThat(attempt(2).within).isEqualTo(Duration.ofMillis(450));
    stage.pass(480);
    assertThat(stage.out.finals.get(0).finality()).isEqualTo(Finality.DEADLINE);
  }

  @Test
  void waitsForABackendWhileTheUtteranceIsSpoken() {
    stage.recognition.absent = true;
    stage.open();
    stage.speaks(1000);
    stage.vad.stream().started(3_200, 3_200, 12_800);
    stage.pass(5_000);
    assertThat(stage.out.rejections).isEmpty();
    stage.recognition.absent = false;
    stage.pass(50);
    stage.vad.stream().ended(16_000, 16_000, EndReason.END_OF_SPEECH);

    FakeRecognition.Stream found = attempt(stage.recognition.streams.size());
    assertThat(found.audio()).isEqualTo(stage.sent(3_200, 16_000));
    found.answers("after all");
    assertThat(stage.out.finals).hasSize(1);
    assertThat(stage.records.get(0).attempts()).isEqualTo(1);
  }

  @Test
  void hearsTheClientToTheEndOfTheUtteranceThoughThereIsNoBackend() {
    stage.recognition.absent = true;
    stage.open();
    stage.speaks(1000);
    stage.vad.stream().started(3_200, 3_200, 12_800);
    for (int second = 2; second <= 8; second++) {
      stage.speaks(1000);
      stage.vad.stream().acknowledged(second * 16_000 - 3_200);
    }

    assertThat(stage.vad.stream().audio().size()).isEqualTo(8 * 32_000);
    stage.vad.stream().ended(128_000, 128_000, EndReason.END_OF_SPEECH);
    stage.pass(1_600);
    assertThat(refusal()).isEqualTo(Reason.BACKEND_UNAVAILABLE);
  }

  @Test
  void answersWithWhatIsThereWhenNoBackendIsLeft() {
    FakeRecognition.Stream lost = spoken();
    lost.hypothesis("better than nothing");
    stage.recognition.absent = true;
    lost.lost();
    stage.pass(1_600);

    assertThat(stage.out.finals.get(0).finality()).isEqualTo(Finality.DEADLINE);
    assertThat(stage.out.rejections).isEmpty();
    assertThat(admission.open).isEmpty();
  }

  @Test
  void refusesABatchUtteranceWhenNoBackendIsLeft() {
    stage.batch();
    FakeRecognition.Stream lost = spoken();
    lost.hypothesis("half of");
    stage.recognition.absent = true;
    lost.lost();
    stage.pass(1_600);

    assertThat(refusal()).isEqualTo(Reason.BACKEND_UNAVAILABLE);
  }

  @Test
  void leavesABackendThatHangs() {
    FakeRecognition.Stream hung = speaking();
    hung.alive = false;
    stage.pass(399);
    assertThat(stage.recognition.streams).hasSize(1);
    stage.pass(1);

    assertThat(hung.abandoned).isEqualTo(ReplayCause.HUNG);
    assertThat(attempt(2).request.avoid()).containsExactly("asr-1");
    assertThat(attempt(2).audio()).isEqualTo(stage.sent(3_200, 12_800));
  }

  @Test
  void owesNothingForABlockThatIsNotFull() {
    stage.batch().open();
    stage.speaks(1000);
    stage.vad.stream().started(3_200, 3_200, 4_799);
    attempt(1).alive = false;
    stage.pass(5_000);
    assertThat(stage.recognition.streams).hasSize(1);
    stage.vad.stream().ended(4_799, 4_799, EndReason.END_OF_SPEECH);
    stage.pass(400);

    assertThat(stage.recognition.streams).hasSize(2);
  }

  @Test
  void neverTakesABackendForHungThatGivesSigns() {
    FakeRecognition.Stream slow = speaking();
    slow.decoded = 1_600;
    stage.pass(30_000);

    assertThat(stage.recognition.streams).hasSize(1);
    assertThat(slow.cancelled).isFalse();
  }

  @Test
  void takesABackendForHungThatIsSilentAtTheDeadline() {
    FakeRecognition.Stream hung = spoken();
    stage.pass(200);
    hung.alive = false;
    stage.pass(280);

    assertThat(hung.abandoned).isEqualTo(ReplayCause.HUNG);
    assertThat(stage.out.finals).isEmpty();
    attempt(2).answers("saved");
    assertThat(stage.out.finals.get(0).finality()).isEqualTo(Finality.END_OF_SPEECH);
  }

  @Test
  void sendsNoInterimResultThatCoversLessThanBefore() {
    FakeRecognition.Stream lost = speaking();
    lost.hypothesis("one two three");
    lost.lost();
    attempt(2).hypothesisUpTo(4_800, "one");
    attempt(2).hypothesisUpTo(9_599, "one two");
    attempt(2).hypothesisUpTo(9_600, "one two three again");

    assertThat(stage.out.interims)
        .extracting(InterimResult::transcript)
        .containsExactly("one two three", "one two three again");
  }

  @Test
  void leavesASlowBackendOnlyWhileTheRetryBudgetLasts() {
    stage.replays = Replays.of(Stage.REPLAY, 0, 128 << 20, stage.ticker);
    for (int i = 0; i < 10; i++) {
      assertThat(stage.replays.retries().take()).isTrue();
    }
    FakeRecognition.Stream slow = speaking();
    assertThat(slow.slow()).isFalse();
    assertThat(stage.recognition.streams).hasSize(1);
    slow.fails(Reason.INTERNAL);

    // Losing a backend is free of it.
    assertThat(stage.recognition.streams).hasSize(2);
  }

  @Test
  void leavesASlowBackendOnce() {
    speaking().slow();
    assertThat(stage.recognition.streams).hasSize(2);
    assertThat(attempt(2).slow()).isFalse();
    stage.vad.stream().ended(16_000, 16_000, EndReason.END_OF_SPEECH);
    attempt(2).answers("elsewhere");

    assertThat(stage.records.get(0).replayCauses()).containsExactly(ReplayCause.SLOW);
  }

  @Test
  void refusesASaturatedUtteranceWhenTheRetryBudgetIsSpent() {
    FakeRecognition.Stream away = speaking();
    int tried = 0;
    away.fails(Reason.SATURATED);
    while (stage.out.rejections.isEmpty() && tried++ < 20) {
      attempt(stage.recognition.streams.size()).fails(Reason.SATURATED);
    }

    assertThat(refusal()).isEqualTo(Reason.SATURATED);
    assertThat(stage.recognition.streams).hasSize(11);
  }

  @Test
  void doesNotSlowTheClientDownForAudioThatIsSentAgain() {
    FakeRecognition.Stream lost = speaking();
    stage.recognition.takesAudio = false;
    lost.lost();
    int asked = stage.out.requested;
    stage.audio(20);

    assertThat(stage.out.requested).isEqualTo(asked + 1);
  }
}
