// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.session;

import static org.assertj.core.api.Assertions.assertThat;

import halfsecond.common.error.Reason;
import halfsecond.router.utterance.Finality;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Sessions in which the client marks speech itself. */
final class ClientEndpointingTest {
  private final Stage stage = new Stage().marking();

  private void speaks(int millis) {
    for (int done = 0; done < millis; done += 20) {
      stage.pass(20);
      stage.audio(20);
    }
  }

  @Test
  void recognizesExactlyTheAudioBetweenTheMarkersWithoutADetector() {
    stage.open();
    speaks(500);
    stage.session().marker(Marker.SPEECH_START);
    speaks(1000);
    stage.session().marker(Marker.SPEECH_END);
    speaks(400);
    FakeRecognition.Stream clip = stage.recognition.streams.get(0);
    clip.answers("marked");

    assertThat(stage.vad.streams).isEmpty();
    assertThat(clip.audio()).isEqualTo(stage.sent(8_000, 24_000));
    FinalResult result = stage.out.finals.get(0);
    assertThat(result.finality()).isEqualTo(Finality.CLIENT_FINALIZE);
    assertThat(result.latency().speechEndOffset()).isEqualTo(Duration.ofMillis(1500));
    assertThat(stage.out.told).containsExactly("started", "begin", "end", "final");
  }

  @Test
  void measuresFromTheMarkerWhenTheAudioCameInTime() {
    stage.open();
    stage.session().marker(Marker.SPEECH_START);
    speaks(1000);
    stage.pass(3);
    stage.session().marker(Marker.SPEECH_END);
    stage.pass(40);
    stage.recognition.streams.get(0).answers("marked");

    assertThat(stage.out.finals.get(0).latency().endpointDecided()).isEqualTo(Duration.ofMillis(3));
    assertThat(stage.out.finals.get(0).latency().sent()).isEqualTo(Duration.ofMillis(43));
    assertThat(stage.recognition.streams.get(0).within).isEqualTo(Duration.ofMillis(447));
  }

  @Test
  void answersAnEmptyClipToo() {
    stage.open();
    stage.session().marker(Marker.SPEECH_START);
    stage.session().marker(Marker.SPEECH_END);
    stage.recognition.streams.get(0).answers("");

    assertThat(stage.out.finals).hasSize(1);
  }

  @Test
  void refusesMarkersThatDoNotAlternate() {
    stage.open();
    stage.session().marker(Marker.SPEECH_START);
    speaks(100);
    stage.session().marker(Marker.SPEECH_START);

    assertThat(stage.out.endReason()).contains(Reason.MESSAGE_UNEXPECTED);
    assertThat(stage.out.rejections).hasSize(1);
  }

  @Test
  void refusesAnEndBeforeAStart() {
    stage.open();
    stage.session().marker(Marker.SPEECH_END);

    assertThat(stage.out.endReason()).contains(Reason.MESSAGE_UNEXPECTED);
  }

  @Test
  void beginsAnotherUtteranceWhenTheSpeechGoesOnAfterAFinalize() {
    stage.open();
    stage.session().marker(Marker.SPEECH_START);
    speaks(200);
    stage.session().finalizeUtterance();
    speaks(200);
    stage.session().marker(Marker.SPEECH_END);
    stage.recognition.streams.get(0).answers("one");
    stage.recognition.streams.get(1).answers("two");

    assertThat(stage.out.finals).hasSize(2);
    assertThat(stage.recognition.streams.get(1).audio()).isEqualTo(stage.sent(3_200, 6_400));
  }

  @Test
  void cutsAClipThatReachesTheLongestDurationAndLosesNothing() {
    stage.open();
    stage.session().marker(Marker.SPEECH_START);
    speaks(30_200);
    stage.recognition.streams.get(0).answers("long");
    speaks(800);
    stage.session().halfClose();
    stage.recognition.streams.get(1).answers("rest");

    assertThat(stage.out.finals)
        .extracting(FinalResult::finality)
        .containsExactly(Finality.MAX_DURATION, Finality.STREAM_END);
    assertThat(stage.recognition.streams.get(0).audio()).isEqualTo(stage.sent(0, 480_000));
    assertThat(stage.recognition.streams.get(1).audio()).isEqualTo(stage.sent(480_000, 496_000));
    assertThat(stage.out.endReason()).isEmpty();
  }
}
