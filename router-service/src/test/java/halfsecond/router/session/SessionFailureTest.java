// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.session;

import static org.assertj.core.api.Assertions.assertThat;

import halfsecond.common.error.Reason;
import halfsecond.common.error.SpeechException;
import halfsecond.router.audio.AudioFormat;
import halfsecond.router.audio.Encoding;
import halfsecond.router.record.Outcome;
import halfsecond.router.utterance.ReplayCause;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What becomes of utterances when something is lost. */
final class SessionFailureTest {
  @Test
  void refusesAnUtteranceForWhichThereIsNoRecognitionAndGoesOn() {
    Stage stage = new Stage().open();
    stage.recognition.absent = true;
    stage.speaks(1000);
    stage.utterance(3_200, 12_800);
    stage.pass(1_450);
    assertThat(stage.out.rejections).isEmpty();
    stage.pass(50);

    Rejection rejection = stage.out.rejections.get(0);
    assertThat(rejection.status().reason()).isEqualTo(Reason.BACKEND_UNAVAILABLE);
    assertThat(rejection.status().retryAfter()).isPresent();
    assertThat(rejection.startOffset()).isEqualTo(Duration.ofMillis(200));

    stage.recognition.absent = false;
    stage.utterance(13_000, 15_000).answers("again");
    assertThat(stage.out.told).containsExactly("started", "rejected", "final");
    assertThat(stage.records.get(0).outcome()).isInstanceOf(Outcome.Rejected.class);
  }

  @Test
  void dropsWhatALostAttemptSaysLater() {
    Stage stage = new Stage().open();
    stage.speaks(1000);
    FakeRecognition.Stream clip = stage.utterance(3_200, 12_800);
    clip.lost();
    clip.answers("too late");
    clip.lost();
    assertThat(stage.out.told).containsExactly("started");
    assertThat(stage.recognition.streams).hasSize(2);
    stage.recognition.streams.get(1).answers("replayed");

    assertThat(stage.out.told).containsExactly("started", "final");
  }

  @Test
  void answersOnceWhenTheFinalComesTwice() {
    Stage stage = new Stage().open();
    stage.speaks(1000);
    FakeRecognition.Stream clip = stage.utterance(3_200, 12_800);
    clip.answers("one");
    clip.answers("two");
    clip.completed();

    assertThat(stage.out.told).containsExactly("started", "final");
    assertThat(stage.records).hasSize(1);
  }

  @Test
  void dropsAFinalOfAnotherAttempt() {
    Stage stage = new Stage().open();
    stage.speaks(1000);
    FakeRecognition.Stream clip = stage.utterance(3_200, 12_800);
    clip.answers("other", 2, true);
    assertThat(stage.out.finals).isEmpty();
    clip.answers("mine");

    assertThat(stage.out.finals)
        .extracting(result -> result.alternatives().get(0).transcript())
        .containsExactly("mine");
  }

  @Test
  void takesAnAnswerBeforeTheEndOfTheClipForALoss() {
    Stage stage = new Stage().open();
    stage.speaks(1000);
    stage.vad.stream().started(3_200, 3_200, 8_000);
    FakeRecognition.Stream early = stage.recognition.streams.get(0);
    early.answers("early");

    assertThat(stage.out.told).containsExactly("started");
    assertThat(early.abandoned).isEqualTo(ReplayCause.RESET);
    assertThat(stage.recognition.streams).hasSize(2);
  }

  @Test
  void takesAStreamThatEndsWithoutItsFinalForALoss() {
    Stage stage = new Stage().open();
    stage.speaks(1000);
    stage.utterance(3_200, 12_800).completed();

    assertThat(stage.recognition.streams).hasSize(2);
    assertThat(stage.recognition.streams.get(1).request.avoid()).containsExactly("asr-1");
  }

  @Test
  void endsTheSessionWhenItsPhrasesCannotBeUsed() {
    Stage stage = new Stage().open();
    stage.speaks(1000);
    stage.vad.stream().started(3_200, 3_200, 8_000);
    stage.recognition.streams.get(0).fails(Reason.PHRASES_INVALID);

    assertThat(stage.out.told).containsExactly("started", "rejected", "ended");
    assertThat(stage.out.endReason()).contains(Reason.PHRASES_INVALID);
  }

  @Test
  void refusesAnUtteranceWhoseModelWasUnloadedSinceTheSessionOpened() {
    Stage stage = new Stage().open();
    stage.speaks(1000);
    stage.models.loaded.clear();
    stage.vad.stream().started(3_200, 3_200, 8_000);

    assertThat(stage.out.rejections.get(0).status().reason()).isEqualTo(Reason.MODEL_NOT_FOUND);
    assertThat(stage.recognition.streams).isEmpty();
    assertThat(stage.records.get(0).attempts()).isZero();
    assertThat(stage.out.over).isFalse();
  }

  @Test
  void answersWhatIsCompleteAndRefusesWhatIsSpokenWhenNoDetectorIsLeft() {
    Stage stage = new Stage().open();
    stage.speaks(2000);
    FakeRecognition.Stream complete = stage.utterance(3_200, 12_800);
    stage.vad.stream().started(16_000, 16_000, 20_000);
    FakeRecognition.Stream spoken = stage.recognition.streams.get(1);
    stage.vad.absent = true;
    stage.vad.stream().lost();
    stage.pass(450);
    assertThat(stage.out.over).isFalse();

    complete.answers("done");
    stage.pass(1_050);
    assertThat(spoken.cancelled).isTrue();
    assertThat(stage.out.told).containsExactly("started", "final", "rejected", "ended");
    assertThat(stage.out.endReason()).contains(Reason.BACKEND_UNAVAILABLE);
  }

  @Test
  void countsADetectorThatEndsByItselfAsLost() {
    Stage stage = new Stage().open();
    stage.speaks(100);
    stage.vad.stream().completed();
    stage.pass(50);

    assertThat(stage.vad.streams).hasSize(2);
  }

  @Test
  void refusesWhatTheClientMayNotSendAfterTheAudioBeforeIt() {
    Stage stage = new Stage().open();
    stage.speaks(1000);
    FakeRecognition.Stream clip = stage.utterance(3_200, 12_800);
    stage.session().refuse(new SpeechException(Reason.CONFIG_REPEATED, "twice"));
    assertThat(stage.vad.stream().cancelled).isTrue();
    assertThat(stage.out.over).isFalse();
    clip.answers("complete");

    assertThat(stage.out.told).containsExactly("started", "final", "ended");
    assertThat(stage.out.endReason()).contains(Reason.CONFIG_REPEATED);
  }

  @Test
  void refusesMarkersWithoutClientSideEndpointing() {
    Stage stage = new Stage().open();
    stage.session().marker(Marker.SPEECH_START);

    assertThat(stage.out.endReason()).contains(Reason.MESSAGE_UNEXPECTED);
  }

  @Test
  void refusesHalfASampleAtTheEndAfterAnsweringWhatWasSaid() {
    Stage stage = new Stage().open();
    stage.speaks(1000);
    stage.session().audio(com.google.protobuf.ByteString.copyFrom(new byte[] {1}));
    stage.vad.stream().started(3_200, 3_200, 8_000);
    stage.session().halfClose();
    stage.vad.stream().ended(16_000, 16_000, EndReason.STREAM_END);
    stage.vad.stream().completed();
    stage.recognition.streams.get(0).answers("all");

    assertThat(stage.out.told).containsExactly("started", "final", "ended");
    assertThat(stage.out.endReason()).contains(Reason.AUDIO_INVALID);
  }

  @Test
  void givesTheDetectorTheTailOfTheResampler() {
    Stage stage = new Stage().format(AudioFormat.of(Encoding.LINEAR16, 48_000)).open();
    stage.audio(20);
    assertThat(stage.vad.stream().received()).isLessThan(320);
    stage.session().halfClose();

    assertThat(stage.vad.stream().received()).isEqualTo(320);
  }

  @Test
  void freesEverythingAndSaysNothingWhenTheClientHasGone() {
    Stage stage = new Stage().open();
    stage.speaks(2000);
    FakeRecognition.Stream complete = stage.utterance(3_200, 12_800);
    stage.vad.stream().started(16_000, 16_000, 20_000);
    stage.session().clientGone();
    stage.session().clientGone();

    assertThat(stage.vad.stream().cancelled).isTrue();
    assertThat(complete.cancelled).isTrue();
    assertThat(stage.recognition.streams.get(1).cancelled).isTrue();
    assertThat(stage.out.told).containsExactly("started");
    assertThat(stage.records).isEmpty();
    assertThat(stage.released).isEqualTo(1);
  }

  @Test
  void endsWithAnIncidentWhenItsOwnCodeFails() {
    Stage stage = new Stage().open();
    stage.speaks(1000);
    FakeRecognition.Stream clip = stage.utterance(3_200, 12_800);
    stage.out.breaks = true;
    clip.answers("hello");

    assertThat(stage.out.endReason()).contains(Reason.INTERNAL);
    assertThat(stage.vad.stream().cancelled).isTrue();
    assertThat(stage.released).isEqualTo(1);
    assertThat(stage.bugs).isEmpty();
  }
}
