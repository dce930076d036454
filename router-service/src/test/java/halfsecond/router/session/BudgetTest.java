// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.session;

import static org.assertj.core.api.Assertions.assertThat;

import halfsecond.router.record.Outcome;
import halfsecond.router.record.UtteranceRecord;
import halfsecond.router.utterance.Finality;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The budget is held whatever recognition does, and what that cost is known afterwards. */
final class BudgetTest {
  private final CountingAdmission admission = new CountingAdmission();
  private final Stage stage = new Stage().admitting(admission);

  /** An utterance whose end of speech is now. */
  private FakeRecognition.Stream spoken() {
    stage.open();
    stage.speaks(1000);
    return stage.utterance(3_200, 16_000);
  }

  private Outcome.Final sent() {
    return (Outcome.Final) stage.records.get(0).outcome();
  }

  @Test
  void answersFromTheLastHypothesisWhenTheBudgetIsNearlySpent() {
    FakeRecognition.Stream clip = spoken();
    clip.hypothesis("turn the");
    stage.pass(479);
    assertThat(stage.out.finals).isEmpty();
    stage.pass(1);

    FinalResult answer = stage.out.finals.get(0);
    assertThat(answer.alternatives().get(0).transcript()).isEqualTo("turn the");
    assertThat(answer.finality()).isEqualTo(Finality.DEADLINE);
    assertThat(answer.latency().sent()).isEqualTo(Duration.ofMillis(480));
    assertThat(sent().noHypothesis()).isFalse();
    assertThat(stage.records.get(0).decode()).isEmpty();
    assertThat(clip.cancelled).isFalse();
  }

  @Test
  void answersWithNothingWhenThereNeverWasAHypothesis() {
    spoken();
    stage.pass(480);

    assertThat(stage.out.finals.get(0).alternatives().get(0).transcript()).isEmpty();
    assertThat(sent().noHypothesis()).isTrue();
    assertThat(sent().nullTranscript()).isFalse();
  }

  @Test
  void givesRecognitionsOwnAnswerTheFirstGo() {
    FakeRecognition.Stream clip = spoken();
    clip.hypothesis("turn the");
    assertThat(clip.within).isEqualTo(Duration.ofMillis(450));
    stage.pass(450);
    clip.answers("turn the lights", 1, false);
    stage.pass(100);

    assertThat(stage.out.finals).hasSize(1);
    assertThat(stage.out.finals.get(0).alternatives().get(0).transcript())
        .isEqualTo("turn the lights");
    assertThat(stage.out.finals.get(0).finality()).isEqualTo(Finality.DEADLINE);
  }

  @Test
  void prefersAHypothesisThatCoversMoreThanTheAnswer() {
    FakeRecognition.Stream clip = spoken();
    clip.hypothesis("all of it");
    clip.answersUpTo(1_600, "all");

    assertThat(stage.out.finals.get(0).alternatives().get(0).transcript()).isEqualTo("all of it");
  }

  @Test
  void answersOnceWhenRecognitionsAnswerCrossesTheDeadline() {
    FakeRecognition.Stream clip = spoken();
    stage.pass(480);
    clip.answers("late", 1, false);
    clip.answers("late");

    assertThat(stage.out.told).containsExactly("started", "final");
  }

  @Test
  void blamesTheRouteWhenRecognitionNeverTookTheAudio() {
    stage.open();
    stage.recognition.takesAudio = false;
    stage.speaks(1000);
    stage.utterance(3_200, 16_000);
    // Not even connected: looks like a hang, so another is tried; that one is cut.
    stage.pass(2_500);

    FinalResult answer = stage.out.finals.get(0);
    assertThat(answer.finality()).isEqualTo(Finality.DEADLINE);
    assertThat(answer.latency().routed()).isEqualTo(answer.latency().sent());
    assertThat(answer.latency().decodeDone()).isEqualTo(answer.latency().sent());
  }

  @Test
  void cutsNeitherBatchNorWholeClips() {
    stage.batch();
    FakeRecognition.Stream clip = spoken();
    stage.pass(5_000);
    assertThat(stage.out.finals).isEmpty();
    clip.answers("all");

    assertThat(stage.out.finals.get(0).finality()).isEqualTo(Finality.END_OF_SPEECH);
  }

  @Test
  void holdsTheBudgetAfterTheClientsOwnMarker() {
    stage.marking().open();
    stage.session().marker(Marker.SPEECH_START);
    stage.pass(200);
    stage.audio(200);
    stage.session().marker(Marker.SPEECH_END);
    stage.pass(480);

    assertThat(stage.out.finals.get(0).finality()).isEqualTo(Finality.DEADLINE);
  }

  @Test
  void recordsWhatTheEarlyAnswerLacked() {
    FakeRecognition.Stream clip = spoken();
    clip.hypothesis("turn of the");
    stage.pass(480);
    stage.pass(220);
    clip.answers("turn off the lights please");

    assertThat(stage.records).extracting(UtteranceRecord::revision).containsExactly(1, 2);
    UtteranceRecord late = stage.records.get(1);
    assertThat(late.utteranceId()).isEqualTo(stage.records.get(0).utteranceId());
    assertThat(late.eventTime()).isEqualTo(stage.records.get(0).eventTime());
    assertThat(late.decode()).contains(FakeRecognition.STATISTICS);
    Outcome.Late answer = (Outcome.Late) late.outcome();
    assertThat(answer.wordCount()).isEqualTo(5);
    assertThat(answer.truncatedWords()).isEqualTo(2);
    assertThat(answer.changedWords()).isEqualTo(3);
    assertThat(answer.decodeDone()).isEqualTo(Duration.ofMillis(700));
    assertThat(stage.out.finals).hasSize(1);
    assertThat(admission.open).isEmpty();
  }

  @Test
  void waitsForTheFullAnswerBeyondTheEndOfTheSession() {
    FakeRecognition.Stream clip = spoken();
    stage.session().halfClose();
    stage.vad.stream().completed();
    stage.pass(480);
    assertThat(stage.out.over).isTrue();
    assertThat(stage.released).isEqualTo(1);
    assertThat(admission.open).hasSize(1);
    clip.answers("everything");

    assertThat(stage.records).extracting(UtteranceRecord::revision).containsExactly(1, 2);
    assertThat(admission.open).isEmpty();
  }

  @Test
  void stopsWaitingForTheFullAnswer() {
    FakeRecognition.Stream clip = spoken();
    stage.pass(480);
    stage.pass(9_999);
    assertThat(clip.cancelled).isFalse();
    stage.pass(1);

    assertThat(clip.cancelled).isTrue();
    assertThat(admission.open).isEmpty();
    assertThat(stage.records).hasSize(1);
  }

  @Test
  void countsNothingAsLateWhenRecognitionLeavesItOut() {
    FakeRecognition.Stream clip = spoken();
    clip.answers("turn", 1, false);
    assertThat(admission.open).hasSize(1);
    clip.completed();

    assertThat(admission.open).isEmpty();
    assertThat(stage.records).hasSize(1);
    stage.pass(20_000);
    assertThat(clip.cancelled).isFalse();
  }
}
