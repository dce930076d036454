// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import halfsecond.common.error.Reason;
import halfsecond.router.audio.AudioRing;
import halfsecond.router.record.Outcome;
import halfsecond.router.replay.Replays;
import org.junit.jupiter.api.Test;

/** When sessions and utterances ask for a place, and when they give it back. */
final class AdmissionCallsTest {
  private final CountingAdmission admission = new CountingAdmission();
  private final Stage stage = new Stage().admitting(admission);

  @Test
  void refusesASessionBeforeItStarted() {
    admission.saturated = true;
    stage.open();

    assertThat(stage.out.told).containsExactly("ended");
    assertThat(stage.out.endReason()).contains(Reason.SATURATED);
    assertThat(stage.released).isEqualTo(1);
  }

  @Test
  void givesTheSessionsPlaceBackForItsFirstUtterances() {
    stage.open();
    stage.speaks(1000);
    assertThat(admission.open).containsExactly("session");
    FakeRecognition.Stream clip = stage.utterance(3_200, 16_000);
    assertThat(admission.open).containsExactly("utterance en-small@1");
    clip.answers("done");

    assertThat(admission.open).isEmpty();
  }

  @Test
  void givesTheSessionsPlaceBackWhenNothingIsSaid() {
    stage.open();
    stage.pass(1_999);
    assertThat(admission.open).hasSize(1);
    stage.pass(1);

    assertThat(admission.open).isEmpty();
  }

  @Test
  void givesTheSessionsPlaceBackAtItsEnd() {
    stage.open();
    stage.session().clientGone();

    assertThat(admission.open).isEmpty();
    assertThat(stage.ticker.pending()).isZero();
  }

  @Test
  void refusesAnUtteranceAtOnceAndForwardsNothing() {
    stage.open();
    stage.speaks(1000);
    admission.saturated = true;
    stage.vad.stream().started(3_200, 3_200, 12_800);
    assertThat(stage.out.told).containsExactly("started", "rejected");
    assertThat(stage.out.rejections.get(0).status().reason()).isEqualTo(Reason.SATURATED);
    assertThat(((Outcome.Rejected) stage.records.get(0).outcome()).latency()).isZero();
    stage.vad.stream().ended(16_000, 16_000, EndReason.END_OF_SPEECH);

    assertThat(stage.recognition.streams).isEmpty();
    assertThat(stage.records.get(0).attempts()).isZero();
    admission.saturated = false;
    stage.speaks(1000);
    stage.utterance(17_000, 30_000).answers("room again");
    assertThat(stage.out.finals).hasSize(1);
  }

  @Test
  void givesThePlaceOfAnUtteranceBackWhenTheClientHasGone() {
    stage.open();
    stage.speaks(1000);
    stage.utterance(3_200, 16_000);
    stage.session().clientGone();

    assertThat(admission.open).isEmpty();
  }

  @Test
  void refusesSessionsWhileTheAudioOfTheOthersTakesAllMemory() {
    stage.replays = Replays.of(Stage.REPLAY, 0.1, 16_000, stage.ticker);
    try (AudioRing other = new AudioRing(32_000, stage.replays.memory())) {
      other.append(ByteString.copyFrom(new byte[2]));
      stage.open();
    }

    assertThat(stage.out.endReason()).contains(Reason.SATURATED);
    assertThat(stage.replays.memory().usedBytes()).isZero();
  }
}
