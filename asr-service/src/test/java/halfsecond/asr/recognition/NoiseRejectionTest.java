// SPDX-License-Identifier: Apache-2.0
package halfsecond.asr.recognition;

import static org.assertj.core.api.Assertions.assertThat;

import halfsecond.common.audio.Audio16k;
import halfsecond.testing.RecordedSpeech;
import halfsecond.testing.TestAudio;
import halfsecond.testing.Tools;
import halfsecond.testing.WavFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NoiseRejectionTest {
  private static final Alternative SURE = heard("anything", 1.0);

  @Test
  void rejectsSteadyNoiseAndTonesWhateverIsHeard() {
    for (int seed = 0; seed < 40; seed++) {
      Duration length = Duration.ofMillis(200 + 120L * seed);
      double level = -60 + 1.4 * seed;
      assertRejected(TestAudio.whiteNoise(seed, level, length), "white", seed);
      assertRejected(TestAudio.pinkNoise(seed, level, length), "pink", seed);
      assertRejected(TestAudio.tone(100 * (seed + 1), level, length), "tone", seed);
      assertRejected(
          TestAudio.concat(
              TestAudio.silence(Duration.ofMillis(200)),
              TestAudio.whiteNoise(seed, level, length),
              TestAudio.silence(Duration.ofMillis(200))),
          "burst",
          seed);
    }
    assertRejected(TestAudio.silence(Duration.ofSeconds(1)), "silence", 0);
  }

  @Test
  void neverRejectsRecordedSpeechOrAPieceOfIt() {
    List<Double> spreads = new ArrayList<>();
    RecordedSpeech.clips()
        .forEach(
            clip -> {
              short[] samples = clip.samples();
              assertThat(sound(samples).isSteady()).as(clip.name()).isFalse();
              // Pieces of 600 ms, as long as one word with its pauses.
              for (int at = 3200; at + 9600 < samples.length; at += 4800) {
                spreads.add(sound(Arrays.copyOfRange(samples, at, at + 9600)).spread(0));
              }
            });

    assertThat(spreads).hasSizeGreaterThan(60).allMatch(spread -> spread > 2);
  }

  @Test
  void neverRejectsRecordedSpeechInAsMuchNoise() {
    RecordedSpeech.clips()
        .forEach(
            clip -> {
              short[] noisy =
                  TestAudio.mix(
                      clip.samples(), TestAudio.pinkNoise(1, rms(clip.samples()), clip.duration()));
              assertThat(sound(noisy).isSteady()).as(clip.name()).isFalse();
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"yes", "no", "stop", "one", "two", "eight", "huh?", "uh", "oh", "the", "mm hmm"})
  void neverRejectsShortCommands(String command, @TempDir Path directory) throws Exception {
    Path file = directory.resolve("command.wav");
    Process flite =
        new ProcessBuilder(
                Tools.require("flite").toString(),
                "-voice",
                "slt",
                "-t",
                command,
                "-o",
                file.toString())
            .start();
    assertThat(flite.waitFor()).isZero();

    Sound spoken = sound(WavFile.read(file));

    assertThat(spoken.isSteady()).isFalse();
    assertThat(NoiseRejection.isNoise(heard(command, 1), spoken)).isFalse();
  }

  @Test
  void rejectsUncertainNoiseWordsInNarrowNoiseOnly() {
    short[] narrow = narrowNoise(7);

    assertThat(sound(narrow).isSteady()).isFalse();
    assertThat(NoiseRejection.isNoise(heard("oh", 0.5), sound(narrow))).isTrue();
    assertThat(NoiseRejection.isNoise(heard("oh", 0.9), sound(narrow))).isFalse();
    assertThat(NoiseRejection.isNoise(heard("go", 0.5), sound(narrow))).isFalse();
  }

  @Test
  void hasNothingToSayAboutAnEmptyTextOrTooShortAClip() {
    short[] noise = TestAudio.whiteNoise(1, -20, Duration.ofMillis(60));

    assertThat(NoiseRejection.isNoise(SURE, sound(noise))).isFalse();
    assertThat(
            NoiseRejection.isNoise(
                Alternative.EMPTY, sound(TestAudio.silence(Duration.ofSeconds(1)))))
        .isFalse();
  }

  private static void assertRejected(short[] samples, String what, int seed) {
    assertThat(NoiseRejection.isNoise(SURE, sound(samples))).as("%s %d", what, seed).isTrue();
  }

  private static Sound sound(short[] samples) {
    byte[] bytes = Audio16k.toBytes(samples);
    Sound sound = new Sound();
    sound.add(bytes, bytes.length);
    return sound;
  }

  private static Alternative heard(String word, double confidence) {
    return new Alternative(
        word,
        List.of(new Word(word, 0, 1600, OptionalDouble.of(confidence))),
        OptionalDouble.of(confidence));
  }

  private static double rms(short[] samples) {
    double power = 0;
    for (short sample : samples) {
      power += (double) sample * sample / samples.length;
    }
    return 10 * Math.log10(power / (32_768.0 * 32_768.0));
  }

  /** White noise through two resonators at 300 and 500 Hz: most bands stay empty. */
  private static short[] narrowNoise(long seed) {
    short[] samples = TestAudio.whiteNoise(seed, -30, Duration.ofSeconds(2));
    for (double hertz : new double[] {300, 400, 500, 600}) {
      samples = bandPass(samples, hertz);
    }
    return samples;
  }

  private static short[] bandPass(short[] samples, double hertz) {
    double radius = 0.9;
    double turn = 2 * radius * Math.cos(2 * Math.PI * hertz / Audio16k.SAMPLE_RATE);
    double[] y = new double[samples.length];
    double peak = 1;
    for (int i = 2; i < y.length; i++) {
      y[i] = samples[i] - samples[i - 2] + turn * y[i - 1] - radius * radius * y[i - 2];
      peak = Math.max(peak, Math.abs(y[i]));
    }
    short[] filtered = new short[y.length];
    for (int i = 0; i < y.length; i++) {
      filtered[i] = (short) (y[i] / peak * 16_000);
    }
    return filtered;
  }
}
