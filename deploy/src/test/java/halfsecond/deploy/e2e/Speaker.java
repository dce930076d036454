// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.e2e;

import com.google.protobuf.util.Durations;
import halfsecond.deploy.client.AudioSource;
import halfsecond.deploy.client.Pace;
import halfsecond.deploy.client.Received;
import halfsecond.deploy.client.ResumedStream;
import halfsecond.deploy.client.SpeechClient;
import halfsecond.deploy.client.StreamOptions;
import halfsecond.deploy.client.StreamedSession;
import halfsecond.deploy.client.WireFormat;
import halfsecond.speech.v1.RecognitionConfig;
import halfsecond.speech.v1.StreamingRecognitionConfig;
import halfsecond.speech.v1.StreamingRecognitionResult;
import halfsecond.speech.v1.TrafficClass;
import halfsecond.testing.Clip;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Speaks recorded clips in real time, as LIVE traffic with a microphone that stays open. */
final class Speaker {

  /**
   * What one clip was answered.
   *
   * @param finals in order
   * @param rejected utterances that were refused
   * @param waits of the finals, from the end of speech to the arrival
   */
  record Heard(
      Clip clip, List<StreamingRecognitionResult> finals, int rejected, List<Duration> waits) {

    /** The transcripts of the utterances, in order. */
    List<String> transcripts() {
      return finals.stream().map(result -> result.getAlternatives(0).getTranscript()).toList();
    }

    /** Where the utterances were found, in milliseconds of the client's audio. */
    List<String> places() {
      return finals.stream()
          .map(
              result ->
                  Pipelines.millis(result.getResultStartOffset())
                      + "-"
                      + Pipelines.millis(result.getResultEndOffset()))
          .toList();
    }
  }

  /** The longest budget there is: a busy machine must not cut the words that are compared. */
  private static final StreamingRecognitionConfig CONFIG =
      StreamingRecognitionConfig.newBuilder()
          .setLatencyBudget(Durations.fromSeconds(5))
          .setConfig(
              RecognitionConfig.newBuilder()
                  .setModel(TestModels.VERSION.toString())
                  .setTrafficClass(TrafficClass.TRAFFIC_CLASS_LIVE))
          .build();

  private static final StreamOptions OPTIONS =
      new StreamOptions(
          Duration.ofMillis(20),
          Pace.realTime(),
          Duration.ofMillis(600),
          StreamOptions.LONGEST,
          Duration.ofSeconds(60));

  private Speaker() {}

  /** One clip in one session; the session must end well. */
  static Heard speak(SpeechClient client, Clip clip) throws IOException, InterruptedException {
    AudioSource source = SpokenAudio.in(WireFormat.LINEAR16_16K, clip.samples());
    StreamedSession session = client.stream(source, CONFIG, OPTIONS, answer -> {});
    List<Received> finals =
        session.result().orThrow().received().stream().filter(Received::isFinal).toList();
    return new Heard(
        clip,
        session.result().finals(),
        session.result().rejected().size(),
        finals.stream().map(session::waitedFor).toList());
  }

  /** One clip, through restarts of the router. */
  static ResumedStream speakResuming(SpeechClient client, Clip clip)
      throws IOException, InterruptedException {
    return client.streamResuming(
        SpokenAudio.in(WireFormat.LINEAR16_16K, clip.samples()), CONFIG, OPTIONS);
  }
}
