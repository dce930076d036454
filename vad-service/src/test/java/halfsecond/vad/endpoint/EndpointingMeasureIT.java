// SPDX-License-Identifier: Apache-2.0
package halfsecond.vad.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import halfsecond.common.audio.Audio16k;
import halfsecond.common.audio.Levels;
import halfsecond.testing.Clip;
import halfsecond.testing.RecordedSpeech;
import halfsecond.testing.TestAudio;
import halfsecond.vad.webrtc.WebRtcVad;
import java.nio.ShortBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Measures modes and hangovers on the recorded clips, prints the table of docs/endpointing.md
 * without its word error rates, and holds the shipped defaults to it.
 */
class EndpointingMeasureIT {
  /** Where libvosk hears the last word of each clip end, in milliseconds. */
  private static final Map<String, Integer> LAST_WORD_ENDS =
      Map.of(
          "001", 970,
          "002", 1720,
          "003", 1300,
          "004", 1360,
          "005", 3280,
          "sense_and_sensibility_01_austen_64kb-0870", 6880,
          "sense_and_sensibility_01_austen_64kb-0880", 2800,
          "sense_and_sensibility_01_austen_64kb-0890", 5110,
          "sense_and_sensibility_01_austen_64kb-0920", 5830,
          "sense_and_sensibility_01_austen_64kb-0930", 3040);

  /** Of the noise: each makes another case of each clip. */
  private static final int SEEDS = 6;

  private static final int LEAD_MILLIS = 500;
  private static final short[] LEAD = faintNoise(LEAD_MILLIS);
  private static final short[] TAIL = faintNoise(1500);

  /**
   * @param whole clips that came back as exactly one utterance
   * @param latencies from the end of the last word to the decision, in milliseconds, ascending
   */
  private record Row(int whole, List<Long> latencies) {
    long median() {
      return latencies.get(latencies.size() / 2);
    }

    long most() {
      return latencies.get(latencies.size() - 1);
    }
  }

  @Test
  void theDefaultsCutEachRecordedClipInOnePieceAndInTime() {
    List<Clip> clips = RecordedSpeech.clips();
    System.out.println("mode  hangover  in one piece  decided after last word, median / max");
    for (int mode = 0; mode <= 3; mode++) {
      for (int hangover : new int[] {100, 150, 200, 300, 400, 500}) {
        Row row = measure(clips, mode, hangover);
        System.out.printf(
            "%d     %3d ms    %2d of %d      %d / %d ms%n",
            mode, hangover, row.whole(), clips.size(), row.median(), row.most());
      }
    }

    Row shipped = measure(clips, Settings.DEFAULT.mode(), Settings.DEFAULT.hangover());

    assertThat(shipped.whole()).isEqualTo(clips.size());
    assertThat(shipped.most()).isLessThanOrEqualTo(300);
  }

  @Test
  void aWaitLongerThanTheDefaultSavesFewClipsInNoise() {
    List<Clip> clips = RecordedSpeech.clips();
    int cases = clips.size() * SEEDS;
    System.out.println("noise below speech  hangover  split");
    for (int below : new int[] {30, 20, 15, 10}) {
      for (int hangover : new int[] {140, 160, 180, 200, 220, 240, 300}) {
        System.out.printf(
            "%d dB               %3d ms    %2d of %d%n",
            below, hangover, splitInNoise(clips, below, hangover), cases);
      }
    }

    assertThat(splitInNoise(clips, 20, Settings.DEFAULT.hangover())).isLessThanOrEqualTo(cases / 6);
  }

  private static int splitInNoise(List<Clip> clips, int decibelsBelow, int hangover) {
    EndpointingSettings settings = settings(Settings.DEFAULT.mode(), hangover);
    int split = 0;
    for (Clip clip : clips) {
      short[] alone = TestAudio.concat(LEAD, clip.samples(), TAIL);
      Levels speech = new Levels();
      speech.add(clip.samples());
      double level = speech.rmsDbfs() - decibelsBelow;
      for (int seed = 0; seed < SEEDS; seed++) {
        short[] noise = TestAudio.whiteNoise(seed, level, Audio16k.duration(alone.length));
        if (detect(TestAudio.mix(alone, noise), settings).size() > 1) {
          split++;
        }
      }
    }
    return split;
  }

  private static Row measure(List<Clip> clips, int mode, int hangover) {
    EndpointingSettings settings = settings(mode, hangover);
    int whole = 0;
    List<Long> latencies = new ArrayList<>();
    for (Clip clip : clips) {
      List<SpeechEnded> utterances = detect(TestAudio.concat(LEAD, clip.samples(), TAIL), settings);
      assertThat(utterances).as("utterances of %s", clip).isNotEmpty();
      if (utterances.size() == 1) {
        whole++;
      }
      latencies.add(latency(utterances, LEAD_MILLIS + LAST_WORD_ENDS.getOrDefault(clip.name(), 0)));
    }
    Collections.sort(latencies);
    return new Row(whole, latencies);
  }

  /** Of the utterance that holds the end of the last word. */
  private static long latency(List<SpeechEnded> utterances, long lastWordEnd) {
    return utterances.stream()
        .filter(utterance -> Audio16k.millis(utterance.clipStart()) < lastWordEnd)
        .mapToLong(utterance -> Audio16k.millis(utterance.decided()) - lastWordEnd)
        .max()
        .orElseThrow();
  }

  private static EndpointingSettings settings(int mode, int hangover) {
    Settings shipped = Settings.DEFAULT;
    return new Settings(
            mode,
            shipped.frame(),
            shipped.onset(),
            shipped.onsetWindow(),
            shipped.minSpeech(),
            shipped.preRoll(),
            hangover,
            Math.min(hangover, shipped.trailingPadding()),
            shipped.maxUtterance())
        .build();
  }

  private static List<SpeechEnded> detect(short[] audio, EndpointingSettings settings) {
    RecordingListener heard = new RecordingListener();
    WebRtcVad judge =
        new WebRtcVad(Audio16k.SAMPLE_RATE, settings.frameMillis(), settings.aggressiveness());
    try (Detector detector = new Detector(settings, Audio16k.SAMPLE_RATE, 0, judge, heard)) {
      detector.hear(ShortBuffer.wrap(audio));
      detector.endOfStream();
    }
    return heard.ended;
  }

  /** What a quiet sound card hears of nothing. */
  private static short[] faintNoise(int millis) {
    return TestAudio.whiteNoise(millis, -80, Duration.ofMillis(millis));
  }
}
