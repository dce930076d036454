// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import halfsecond.common.error.Reason;
import halfsecond.common.error.SpeechException;
import halfsecond.router.utterance.ReplayCause;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Limits of time, of order and of memory. */
final class SessionLimitsTest {
  private static final Duration TICK = Duration.ofMillis(1);

  @Test
  void endsASessionWithoutAudio() {
    Stage stage = new Stage().open();
    stage.speaks(500);
    stage.tickAfter(Duration.ofMillis(9_990));
    assertThat(stage.vad.stream().halfClosed).isFalse();
    stage.tickAfter(Duration.ofMillis(10));
    stage.vad.stream().completed();

    assertThat(stage.out.endReason()).contains(Reason.AUDIO_TIMEOUT);
  }

  @Test
  void finishesTheUtteranceInProgressBeforeItEndsForSilence() {
    Stage stage = new Stage().open();
    stage.speaks(500);
    stage.vad.stream().started(0, 1_600, 6_400);
    stage.tickAfter(Duration.ofSeconds(10));
    stage.vad.stream().ended(8_000, 8_000, EndReason.STREAM_END);
    stage.vad.stream().completed();
    stage.recognition.streams.get(0).answers("half a");

    assertThat(stage.out.told).containsExactly("started", "final", "ended");
    assertThat(stage.out.endReason()).contains(Reason.AUDIO_TIMEOUT);
  }

  @Test
  void doesNotBlameTheClientForSilenceThatIsOurs() {
    Stage stage = new Stage().open();
    stage.vad.stream().ready = false;
    stage.audio(100);
    stage.audio(100);
    stage.tickAfter(Duration.ofSeconds(60));
    stage.vad.stream().becomesReady();
    stage.vad.stream().progress(3_200);
    stage.tickAfter(TICK);

    assertThat(stage.out.over).isFalse();
    assertThat(stage.vad.stream().halfClosed).isFalse();
  }

  @Test
  void endsASessionThatLastsTooLongByTheClock() {
    Stage stage = new Stage().open();
    for (int second = 0; second < 290; second++) {
      assertThat(stage.vad.stream().halfClosed).isFalse();
      stage.pass(1000);
      stage.audio(20);
      stage.vad.stream().progress(stage.vad.stream().received());
      stage.session().tick();
    }
    stage.vad.stream().completed();

    assertThat(stage.out.endReason()).contains(Reason.SESSION_TOO_LONG);
  }

  @Test
  void endsASessionThatHasTooMuchAudio() {
    Stage stage = new Stage().open();
    for (int second = 0; second < 291 && !stage.vad.stream().halfClosed; second++) {
      stage.audio(1000);
      stage.vad.stream().progress(stage.vad.stream().received());
    }
    assertThat(stage.vad.stream().received()).isEqualTo(290 * 16_000);
    stage.vad.stream().completed();

    assertThat(stage.out.endReason()).contains(Reason.SESSION_TOO_LONG);
  }

  @Test
  void cutsAClientThatDoesNotReadAndRefusesWhatIsOpen() {
    Stage stage = new Stage().open();
    stage.speaks(500);
    stage.vad.stream().started(0, 1_600, 6_400);
    stage.out.ready = false;
    stage.tickAfter(TICK);
    stage.tickAfter(Duration.ofMillis(9_999));
    assertThat(stage.out.over).isFalse();
    stage.tickAfter(TICK);

    assertThat(stage.out.told).containsExactly("started", "rejected", "ended");
    assertThat(stage.out.endReason()).contains(Reason.FLOW_EXCEEDED);
  }

  @Test
  void forgivesAClientThatReadsAgain() {
    Stage stage = new Stage().open();
    stage.out.ready = false;
    stage.tickAfter(TICK);
    stage.tickAfter(Duration.ofSeconds(9));
    stage.out.ready = true;
    stage.audio(20);
    stage.tickAfter(TICK);
    stage.out.ready = false;
    stage.tickAfter(Duration.ofSeconds(9));

    assertThat(stage.out.over).isFalse();
  }

  @Test
  void countsASilentDetectorAsLost() {
    Stage stage = new Stage().open();
    stage.audio(500);
    stage.tickAfter(Duration.ofSeconds(9));
    assertThat(stage.vad.streams).hasSize(1);
    stage.audio(20);
    stage.tickAfter(Duration.ofSeconds(1));
    stage.pass(50);

    assertThat(stage.vad.streams.get(0).abandoned).isEqualTo(ReplayCause.HUNG);
    assertThat(stage.vad.streams).hasSize(2);
    assertThat(stage.vad.stream().request.avoid()).containsExactly("vad-1");
    assertThat(stage.vad.stream().audio()).isEqualTo(stage.sent(0, 8_320));
  }

  @Test
  void refusesWhatIsStillUnansweredLongAfterTheEndOfTheAudio() {
    Stage stage = new Stage().batch().open();
    stage.speaks(1000);
    stage.utterance(3_200, 12_800);
    stage.session().halfClose();
    stage.vad.stream().completed();
    stage.tickAfter(Duration.ofSeconds(119));
    assertThat(stage.out.over).isFalse();
    stage.tickAfter(Duration.ofSeconds(1));

    assertThat(stage.out.told).containsExactly("started", "rejected", "ended");
    assertThat(stage.out.endReason()).contains(Reason.BACKEND_UNAVAILABLE);
  }

  @Test
  void tellsOfADrainFinishesTheUtteranceAndEnds() {
    Stage stage = new Stage().open();
    stage.speaks(500);
    stage.vad.stream().started(0, 1_600, 6_400);
    stage.session().drain(Duration.ofSeconds(7));
    stage.tickAfter(Duration.ofSeconds(2));
    assertThat(stage.vad.stream().halfClosed).isFalse();
    stage.vad.stream().ended(8_000, 8_000, EndReason.END_OF_SPEECH);
    stage.recognition.streams.get(0).answers("done");
    stage.tickAfter(TICK);
    stage.vad.stream().completed();

    assertThat(stage.out.told).containsExactly("started", "draining", "final", "ended");
    assertThat(stage.out.endReason()).contains(Reason.DRAINING);
  }

  @Test
  void endsADrainingSessionThatGoesOnSpeakingWhenTheTimeIsUp() {
    Stage stage = new Stage().open();
    stage.speaks(500);
    stage.vad.stream().started(0, 1_600, 6_400);
    stage.session().drain(Duration.ofSeconds(7));
    stage.tickAfter(Duration.ofSeconds(7));

    assertThat(stage.vad.stream().halfClosed).isTrue();
  }

  @Test
  void asksForNoMoreWhileTheDetectorIsBehind() {
    Stage stage = new Stage().open();
    for (int i = 0; i < 50; i++) {
      stage.audio(1000);
    }
    // One second may be unjudged, and a slice.
    assertThat(stage.vad.stream().received()).isLessThanOrEqualTo(16_000 + 2 * 3_200);
    int asked = stage.out.requested;

    stage.vad.stream().progress(stage.vad.stream().received());
    assertThat(stage.vad.stream().received()).isGreaterThan(16_000 + 2 * 3_200);
    assertThat(stage.out.requested).isGreaterThanOrEqualTo(asked);
  }

  @Test
  void asksForNoMoreWhileRecognitionIsBehind() {
    Stage stage = new Stage().open();
    stage.audio(200);
    stage.vad.stream().started(0, 0, 1_600);
    stage.recognition.streams.get(0).ready = false;
    for (int i = 0; i < 100; i++) {
      stage.audio(200);
      stage.vad.stream().acknowledged(stage.vad.stream().received());
    }
    long stuck = stage.vad.stream().received();
    assertThat(stuck).isLessThanOrEqualTo(1_600 + 2 * 16_000 + 16_000 + 2 * 3_200);

    stage.recognition.streams.get(0).becomesReady();
    assertThat(stage.vad.stream().received()).isGreaterThan(stuck);
  }

  @Test
  void asksForNoMoreWhileTheClientDoesNotRead() {
    Stage stage = new Stage().open();
    stage.out.ready = false;
    stage.audio(200);
    stage.audio(200);
    int asked = stage.out.requested;
    assertThat(stage.vad.stream().received()).isZero();

    stage.out.ready = true;
    stage.session().outputReady();
    assertThat(stage.vad.stream().received()).isEqualTo(6_400);
    assertThat(stage.out.requested).isEqualTo(asked + 2);
  }

  @Test
  void holdsAnUtteranceForWhichThereIsNoRoom() {
    Stage stage = new Stage().open();
    stage.speaks(4000);
    FakeRecognition.Stream first = stage.utterance(0, 8_000);
    stage.utterance(10_000, 18_000);
    stage.utterance(20_000, 28_000);
    stage.vad.stream().started(30_000, 30_000, 32_000);
    stage.vad.stream().acknowledged(33_000);
    assertThat(stage.recognition.streams).hasSize(3);
    assertThat(stage.vad.stream().waiting()).isEqualTo(1);

    first.answers("room");
    assertThat(stage.recognition.streams).hasSize(4);
    assertThat(stage.recognition.streams.get(3).audio()).isEqualTo(stage.sent(30_000, 33_000));
  }

  @Test
  void takesAWholeClipAtOnceAndFeedsItAtThePaceOfTheDetector() {
    Stage stage = new Stage().batch().open();
    stage.session().audio(ByteString.copyFrom(new byte[60 * 32_000]));
    stage.session().halfClose();
    int rounds = 0;
    while (!stage.vad.stream().halfClosed && rounds++ < 1000) {
      assertThat(stage.vad.stream().received()).isLessThanOrEqualTo(60L * 16_000);
      stage.vad.stream().progress(stage.vad.stream().received());
    }

    assertThat(stage.vad.stream().received()).isEqualTo(60 * 16_000);
    assertThat(rounds).isBetween(40, 70);
  }

  @Test
  void admitsOnlyAsManySessionsAsThereIsRoomFor() {
    SessionRegistry registry = new SessionRegistry(1);
    LiveSession one = new Idle();
    registry.admit(one);
    assertThatThrownBy(() -> registry.admit(new Idle()))
        .isInstanceOfSatisfying(
            SpeechException.class,
            e -> {
              assertThat(e.reason()).isEqualTo(Reason.SATURATED);
              assertThat(e.retryAfter()).isPresent();
            });
    registry.release(one);
    registry.release(one);
    registry.admit(one);
    assertThatThrownBy(() -> registry.admit(new Idle())).isInstanceOf(SpeechException.class);

    registry.drain(Duration.ofSeconds(1));
    registry.release(one);
    assertThatThrownBy(() -> registry.admit(one))
        .isInstanceOfSatisfying(
            SpeechException.class, e -> assertThat(e.reason()).isEqualTo(Reason.DRAINING));
  }

  private static final class Idle implements LiveSession {
    @Override
    public void tick() {}

    @Override
    public void drain(Duration remaining) {}
  }
}
