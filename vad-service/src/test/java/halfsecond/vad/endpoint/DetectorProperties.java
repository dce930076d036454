// SPDX-License-Identifier: Apache-2.0
package halfsecond.vad.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import halfsecond.vad.webrtc.HandleCounts;
import halfsecond.vad.webrtc.WebRtcVad;
import java.nio.ShortBuffer;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The native detector against audio, settings, pieces and control messages that a seed makes up.
 */
class DetectorProperties {
  private static final List<Integer> RATES = List.of(8000, 16000, 32000, 48000);

  static LongStream seeds() {
    return LongStream.range(0, 150);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void anyPiecesOfTheSameAudioGiveTheSameEvents(long seed) {
    Random random = new Random(seed);
    Scenario scenario = Scenario.of(random);

    List<Object> whole = scenario.run(Integer.MAX_VALUE, random).events;

    assertThat(scenario.run(1 + random.nextInt(200), random).events).isEqualTo(whole);
    assertThat(scenario.run(1 + random.nextInt(20_000), random).events).isEqualTo(whole);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void anyAudioGivesNestedEventsAndClipsWithinTheirLimits(long seed) {
    Random random = new Random(seed);
    Scenario scenario = Scenario.of(random);

    // The listener itself checks order, ranges and acknowledgements.
    RecordingListener heard = scenario.run(1 + random.nextInt(5000), random);

    assertThat(heard.inUtterance()).isFalse();
    assertThat(heard.ended)
        .allSatisfy(
            end -> {
              assertThat(end.clipStart()).isGreaterThanOrEqualTo(scenario.start);
              assertThat(end.clipEnd() - end.clipStart())
                  .isLessThanOrEqualTo(
                      scenario.rate / 1000 * scenario.settings.maxUtterance().toMillis());
            });
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void noHandleIsLeft(long seed) {
    Random random = new Random(seed);
    long before = HandleCounts.live();

    Scenario.of(random).run(1000, random);

    assertThat(HandleCounts.live()).isEqualTo(before);
  }

  private static final class Scenario {
    private final int rate;
    private final EndpointingSettings settings;
    private final long start;
    private final short[] audio;

    /** Where the client ends the utterance in progress, or -1. */
    private final int finalizeAt;

    private Scenario(
        int rate, EndpointingSettings settings, long start, short[] audio, int finalizeAt) {
      this.rate = rate;
      this.settings = settings;
      this.start = start;
      this.audio = audio;
      this.finalizeAt = finalizeAt;
    }

    static Scenario of(Random random) {
      int rate = RATES.get(random.nextInt(RATES.size()));
      int frame = 10 * (1 + random.nextInt(3));
      int onset = frame * (1 + random.nextInt(4));
      int hangover = 100 + random.nextInt(300);
      Settings settings =
          new Settings(
              random.nextInt(4),
              frame,
              onset,
              onset + random.nextInt(200),
              random.nextInt(300),
              random.nextInt(1000),
              hangover,
              random.nextInt(hangover + 1),
              1000 + random.nextInt(1500));
      short[] audio = audio(random, rate);
      return new Scenario(
          rate,
          settings.build(),
          random.nextBoolean() ? 0 : random.nextInt(1_000_000),
          audio,
          random.nextBoolean() ? -1 : random.nextInt(audio.length));
    }

    RecordingListener run(int longestPiece, Random random) {
      RecordingListener heard = new RecordingListener();
      WebRtcVad judge = new WebRtcVad(rate, settings.frameMillis(), settings.aggressiveness());
      try (Detector detector = new Detector(settings, rate, start, judge, heard)) {
        int at = 0;
        while (at < audio.length) {
          int end = (int) Math.min(audio.length, at + 1L + random.nextInt(longestPiece));
          if (at < finalizeAt) {
            end = Math.min(end, finalizeAt);
          }
          detector.hear(ShortBuffer.wrap(audio, at, end - at));
          at = end;
          if (at == finalizeAt) {
            detector.endUtterance();
          }
        }
        detector.endOfStream();
      }
      return heard;
    }

    /** Stretches of silence, noise, vowels and clicks, a few seconds in all. */
    private static short[] audio(Random random, int rate) {
      short[] audio = new short[rate * 2 + random.nextInt(rate * 2)];
      int at = 0;
      while (at < audio.length) {
        int end = Math.min(audio.length, at + random.nextInt(rate));
        int kind = random.nextInt(4);
        double level = Math.pow(10, 1 + 3.5 * random.nextDouble());
        double hertz = 80 + random.nextInt(200);
        for (; at < end; at++) {
          audio[at] = (short) clip(level * sample(kind, random, hertz * at / rate));
        }
      }
      return audio;
    }

    private static double sample(int kind, Random random, double turns) {
      return switch (kind) {
        case 0 -> 0;
        case 1 -> random.nextGaussian();
        case 2 -> random.nextInt(1000) == 0 ? 3 : 0;
        default ->
            Math.sin(2 * Math.PI * turns)
                + Math.sin(2 * Math.PI * 5 * turns)
                + Math.sin(2 * Math.PI * 11 * turns);
      };
    }

    private static long clip(double value) {
      return Math.round(Math.max(-32768, Math.min(32767, value)));
    }
  }
}
