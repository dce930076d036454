// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.session;

import static org.assertj.core.api.Assertions.assertThat;

import halfsecond.common.error.Reason;
import halfsecond.router.utterance.Finality;
import halfsecond.router.utterance.ReplayCause;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A detector that takes over for a lost one changes nothing that was said before. */
final class DetectorLossTest {
  private final Stage stage = new Stage().eventful();

  /** Loses the detector and lets another take over. */
  private FakeVad.Stream takeOver() {
    stage.vad.stream().lost();
    stage.pass(50);
    return stage.vad.stream();
  }

  private void spoken(int millis) {
    stage.open();
    stage.speaks(millis);
  }

  @Test
  void sendsTheAudioAgainFromBeforeWhatWasJudged() {
    spoken(8_000);
    FakeVad.Stream second = takeOver();

    // 3 s for what is being heard and 2 s of history, where the lost detector's frames began.
    assertThat(second.request.startSample()).isEqualTo(48_000);
    assertThat(second.request.avoid()).containsExactly("vad-1");
    assertThat(second.audio()).isEqualTo(stage.sent(48_000, 128_000));
    stage.audio(100);
    assertThat(second.received()).isEqualTo(129_600);
  }

  @Test
  void sendsTheAudioAgainFromBeforeTheUtteranceInProgress() {
    spoken(4_000);
    stage.vad.stream().started(48_000, 48_000, 64_000);
    stage.speaks(2_000);
    stage.vad.stream().acknowledged(96_000);

    // 2 s before the clip, and where the lost detector's frames began, whatever their length.
    assertThat(takeOver().request.startSample()).isEqualTo(15_360);
  }

  @Test
  void sendsAllTheAudioAgainWhileThereIsLittleOfIt() {
    spoken(1_500);

    assertThat(takeOver().request.startSample()).isZero();
  }

  @Test
  void takesADetectorAgainThatFailedLongAgo() {
    spoken(1_000);
    FakeVad.Stream second = takeOver();
    second.progress(16_000);
    stage.pass(9_000);
    FakeVad.Stream third = takeOver();
    assertThat(third.request.avoid()).containsExactlyInAnyOrder("vad-1", "vad-2");
    third.progress(16_000);
    stage.pass(1_000);

    assertThat(takeOver().request.avoid()).containsExactlyInAnyOrder("vad-2", "vad-3");
  }

  @Test
  void keepsTheUtteranceInProgress() {
    spoken(6_000);
    stage.vad.stream().started(48_000, 51_200, 64_000);
    stage.vad.stream().acknowledged(80_000);
    FakeVad.Stream second = takeOver();
    second.started(48_640, 51_840, 64_000);
    second.acknowledged(72_000);
    assertThat(stage.recognition.streams).hasSize(1);
    assertThat(stage.recognition.streams.get(0).received()).isEqualTo(32_000);
    second.acknowledged(96_000);
    stage.speaks(400);
    second.ended(100_000, 97_000, EndReason.END_OF_SPEECH);
    stage.recognition.streams.get(0).answers("one piece");

    assertThat(stage.recognition.streams.get(0).audio()).isEqualTo(stage.sent(48_000, 100_000));
    assertThat(stage.out.told).containsExactly("started", "begin", "end", "final");
    assertThat(stage.records.get(0).replayCauses()).containsExactly(ReplayCause.VAD_LOST);
    assertThat(stage.records.get(0).attempts()).isEqualTo(1);
  }

  @Test
  void dropsWhatTheNewDetectorSaysAboutUtterancesThatAreOver() {
    spoken(5_000);
    stage.utterance(60_000, 72_000).answers("before");
    FakeVad.Stream second = takeOver();
    second.started(60_160, 61_000, 64_000);
    second.acknowledged(71_000);
    second.ended(72_160, 72_000, EndReason.END_OF_SPEECH);
    assertThat(stage.out.told).containsExactly("started", "begin", "end", "final");
    stage.speaks(1000);
    second.started(84_000, 84_000, 90_000);
    second.ended(94_000, 94_000, EndReason.END_OF_SPEECH);
    stage.recognition.streams.get(1).answers("after");

    assertThat(stage.out.finals).hasSize(2);
    assertThat(stage.recognition.streams.get(1).audio()).isEqualTo(stage.sent(84_000, 94_000));
  }

  @Test
  void dropsAnEndThatTheLostDetectorDidNotSee() {
    spoken(6_000);
    stage.vad.stream().started(48_000, 48_000, 64_000);
    stage.vad.stream().acknowledged(96_000);
    FakeVad.Stream second = takeOver();
    second.started(48_000, 48_000, 64_000);
    second.ended(70_000, 67_000, EndReason.END_OF_SPEECH);
    assertThat(stage.recognition.streams.get(0).finished).isFalse();
    second.started(72_000, 74_000, 78_000);
    stage.speaks(500);
    second.acknowledged(100_000);
    second.ended(102_000, 99_000, EndReason.END_OF_SPEECH);

    assertThat(stage.recognition.streams).hasSize(1);
    assertThat(stage.recognition.streams.get(0).audio()).isEqualTo(stage.sent(48_000, 102_000));
  }

  @Test
  void endsAnUtteranceThatTheNewDetectorDoesNotHear() {
    spoken(3_000);
    stage.vad.stream().started(30_000, 30_000, 40_000);
    FakeVad.Stream second = takeOver();
    stage.speaks(1_400);
    second.progress(40_000 + 31_999);
    assertThat(stage.recognition.streams.get(0).finished).isFalse();
    stage.speaks(200);
    second.progress(stage.vad.stream().received());

    assertThat(stage.recognition.streams.get(0).finished).isTrue();
    assertThat(stage.recognition.streams.get(0).audio()).isEqualTo(stage.sent(30_000, 40_000));
  }

  @Test
  void endsTheUtteranceThatIsOverWhenTheNewDetectorHearsTheNext() {
    spoken(3_000);
    stage.vad.stream().started(30_000, 30_000, 40_000);
    FakeVad.Stream second = takeOver();
    stage.speaks(500);
    second.started(50_000, 50_000, 54_000);

    assertThat(stage.recognition.streams).hasSize(2);
    assertThat(stage.recognition.streams.get(0).audio()).isEqualTo(stage.sent(30_000, 40_000));
    assertThat(stage.recognition.streams.get(1).audio()).isEqualTo(stage.sent(50_000, 54_000));
  }

  @Test
  void losesNoSpeechThatGoesOnAfterAFinalize() {
    spoken(3_000);
    stage.vad.stream().started(30_000, 30_000, 40_000);
    stage.session().finalizeUtterance();
    stage.vad.stream().ended(48_000, 48_000, EndReason.FINALIZE);
    FakeVad.Stream second = takeOver();
    // To the new detector it is one stretch of speech.
    second.started(30_000, 30_000, 40_000);
    stage.speaks(300);
    second.acknowledged(52_000);

    assertThat(stage.recognition.streams).hasSize(2);
    assertThat(stage.recognition.streams.get(1).audio()).isEqualTo(stage.sent(48_000, 52_000));
  }

  @Test
  void asksTheNewDetectorAgainForWhatTheClientAsked() {
    spoken(3_000);
    stage.vad.stream().started(30_000, 30_000, 40_000);
    stage.session().finalizeUtterance();
    stage.audio(100);
    stage.session().halfClose();
    FakeVad.Stream second = takeOver();
    assertThat(second.endUtterances).isEqualTo(1);
    assertThat(second.halfClosed).isTrue();
    assertThat(second.received()).isEqualTo(49_600);
    second.started(30_000, 30_000, 40_000);
    second.ended(48_000, 48_000, EndReason.FINALIZE);
    second.completed();
    stage.recognition.streams.get(0).answers("asked for");

    assertThat(stage.out.finals.get(0).finality()).isEqualTo(Finality.CLIENT_FINALIZE);
    assertThat(stage.out.over).isTrue();
    assertThat(stage.out.endReason()).isEmpty();
  }

  @Test
  void leavesADetectorThatHangs() {
    stage.open();
    stage.audio(500);
    stage.tickAfter(Duration.ofSeconds(10));
    stage.pass(50);

    assertThat(stage.vad.streams.get(0).abandoned).isEqualTo(ReplayCause.HUNG);
    assertThat(stage.vad.streams).hasSize(2);
  }

  @Test
  void waitsForADetectorToBeReady() {
    spoken(1_000);
    stage.vad.absent = true;
    stage.vad.stream().lost();
    stage.pass(1_400);
    assertThat(stage.out.over).isFalse();
    stage.vad.absent = false;
    stage.pass(50);
    assertThat(stage.vad.stream().received()).isEqualTo(16_000);

    stage.speaks(1_000);
    stage.utterance(17_000, 28_000).answers("still here");
    assertThat(stage.out.finals).hasSize(1);
  }

  @Test
  void endsTheSessionWhenNoDetectorComes() {
    spoken(1_000);
    stage.vad.absent = true;
    stage.vad.stream().lost();
    stage.pass(1_500);

    assertThat(stage.out.endReason()).contains(Reason.BACKEND_UNAVAILABLE);
  }

  @Test
  void endsTheSessionAfterTooManyLosses() {
    spoken(1_000);
    for (int i = 0; i < 3; i++) {
      takeOver().progress(16_000);
      assertThat(stage.out.over).isFalse();
    }
    stage.vad.stream().lost();

    assertThat(stage.out.endReason()).contains(Reason.BACKEND_UNAVAILABLE);
  }

  @Test
  void asksNoOtherDetectorForWhatTheClientGotWrong() {
    spoken(100);
    stage.vad.stream().fails(Reason.FIELD_INVALID);

    assertThat(stage.out.endReason()).contains(Reason.FIELD_INVALID);
    assertThat(stage.vad.streams).hasSize(1);
  }
}
