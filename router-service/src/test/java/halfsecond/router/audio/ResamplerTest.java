// SPDX-License-Identifier: Apache-2.0
package halfsecond.router.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The quality of the filter, as docs/audio.md states it. */
final class ResamplerTest {
  private static final double AMPLITUDE = 16_000;

  /** Longer than any filter at 16 kHz, so that what is left is steady. */
  private static final int EDGE = 200;

  static IntStream rates() {
    return IntStream.of(
        8_000, 8_001, 11_025, 12_000, 15_999, 16_001, 22_050, 24_000, 32_000, 44_099, 44_100,
        47_999, 48_000);
  }

  static Stream<Arguments> passBand() {
    return rates()
        .boxed()
        .flatMap(
            rate ->
                Stream.of(0.01, 0.1, 0.25, 0.5, 0.75, 0.9)
                    .map(share -> Arguments.of(rate, share * Math.min(rate, 16_000) / 2)));
  }

  static Stream<Arguments> aboveTheNewNyquist() {
    return rates()
        .filter(rate -> rate > 17_000)
        .boxed()
        .flatMap(
            rate ->
                IntStream.iterate(8_000, hertz -> hertz < rate / 2, hertz -> hertz + 331)
                    .mapToObj(hertz -> Arguments.of(rate, hertz)));
  }

  static Stream<Arguments> upsampled() {
    return Stream.of(8_000, 11_025, 12_000)
        .flatMap(
            rate ->
                Stream.of(0.05, 0.5, 0.85, 0.95, 0.99)
                    .map(share -> Arguments.of(rate, share * rate / 2)));
  }

  @ParameterizedTest
  @MethodSource("passBand")
  void givesBackEveryToneOfThePassBandAsItWasAndWhenItWas(int rate, double hertz) {
    short[] input = Signals.tone(rate, hertz, AMPLITUDE, rate / 2);

    short[] output = Signals.resampled(rate, input);

    short[] ideal = Signals.tone(16_000, hertz, AMPLITUDE, output.length);
    short[] difference = new short[output.length];
    for (int k = 0; k < output.length; k++) {
      difference[k] = (short) (output[k] - ideal[k]);
    }
    // The difference holds everything that could be wrong: ripple, delay, images, aliases and
    // rounding.
    double error = Signals.level(difference, EDGE) / Signals.level(ideal, EDGE);
    assertThat(Signals.decibels(error)).isLessThan(-74);
    double gain = Signals.level(output, EDGE) / Signals.level(ideal, EDGE);
    assertThat(Signals.decibels(gain)).isCloseTo(0, within(0.01));
  }

  @ParameterizedTest
  @MethodSource("aboveTheNewNyquist")
  void removesWhatWouldComeBackAsAnAlias(int rate, int hertz) {
    short[] input = Signals.tone(rate, hertz, AMPLITUDE, rate / 4);

    short[] output = Signals.resampled(rate, input);

    double left = Signals.level(output, EDGE) / Signals.level(input, EDGE);
    assertThat(Signals.decibels(left)).isLessThan(-75);
  }

  @ParameterizedTest
  @MethodSource("upsampled")
  void addsNoImageAboveTheOldNyquist(int rate, double hertz) {
    short[] input = Signals.tone(rate, hertz, AMPLITUDE, rate);

    short[] output = Signals.resampled(rate, input);

    short[] steady = Arrays.copyOfRange(output, EDGE, output.length - EDGE);
    double image = Signals.amplitude(steady, 16_000, rate - hertz);
    assertThat(Signals.decibels(image / AMPLITUDE)).isLessThan(-75);
  }

  @ParameterizedTest
  @MethodSource("rates")
  void keepsAConstant(int rate) {
    short[] input = new short[rate / 4];
    Arrays.fill(input, (short) -12_345);

    short[] output = Signals.resampled(rate, input);

    assertThat(Arrays.copyOfRange(output, EDGE, output.length - EDGE)).containsOnly(-12_345);
  }

  @ParameterizedTest
  @MethodSource("rates")
  void putsAnImpulseWhereItWas(int rate) {
    short[] input = new short[rate / 10];
    int position = input.length / 2;
    input[position] = 30_000;

    short[] output = Signals.resampled(rate, input);

    long expected = new ClientTimeline(new SampleRate(rate)).innerSampleOf(position);
    int loudest =
        IntStream.range(0, output.length).reduce(0, (a, b) -> output[b] > output[a] ? b : a);
    assertThat((long) loudest).isEqualTo(expected);
  }

  @Test
  void respondsToAnImpulseSymmetrically() {
    short[] input = new short[1_000];
    input[500] = 30_000;

    short[] output = Signals.resampled(8_000, input);

    for (int k = 1; k < 200; k++) {
      assertThat(output[1_000 - k]).isEqualTo(output[1_000 + k]);
    }
  }

  @Test
  void clipsWhatOvershootsInsteadOfWrappingIt() {
    short[] square = new short[48_000];
    for (int n = 0; n < square.length; n++) {
      square[n] = n / 240 % 2 == 0 ? Short.MAX_VALUE : Short.MIN_VALUE;
    }

    short[] output = Signals.resampled(48_000, square);

    assertThat(output).contains(Short.MAX_VALUE).contains(Short.MIN_VALUE);
    for (int k = EDGE; k < output.length - EDGE; k++) {
      int within = k % 80;
      if (within > 3 && within < 77) {
        assertThat((int) output[k])
            .as("sample %d", k)
            .isBetween(k / 80 % 2 == 0 ? 25_000 : -32_768, k / 80 % 2 == 0 ? 32_767 : -25_000);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "8000, 49, 6125000", "11025, 49, 4444444", "12000, 49, 4083333", "22050, 68, 3083900",
    "24000, 74, 3083333", "32000, 98, 3062500", "44100, 135, 3061224", "48000, 147, 3062500"
  })
  void looksAheadAsFarAsDocumented(int rate, int samples, int nanos) {
    AudioDecoder decoder = new AudioDecoder(AudioFormat.of(Encoding.LINEAR16, rate));

    assertThat(FilterBank.design(new SampleRate(rate)).halfTaps()).isEqualTo(samples);
    assertThat(decoder.lookAhead()).hasNanos(nanos);
  }

  @ParameterizedTest
  @ValueSource(ints = {8_000, 22_050, 44_099, 44_100, 48_000})
  void returnsASampleAsSoonAsItsLookAheadHasArrived(int rate) {
    AudioDecoder decoder = new AudioDecoder(AudioFormat.of(Encoding.LINEAR16, rate));
    int lookAhead = FilterBank.design(new SampleRate(rate)).halfTaps();

    for (int n = 1; n < 2_000; n++) {
      decoder.decode(Signals.linear16(new short[1]));

      long centre = decoder.samples() * rate / 16_000;
      assertThat(centre + lookAhead).as("after %d samples", n).isGreaterThanOrEqualTo(n);
      long last = (decoder.samples() - 1) * rate / 16_000;
      if (decoder.samples() > 0) {
        assertThat(last + lookAhead).isLessThan(n);
      }
    }
  }

  @Test
  void keepsTheCacheOfBanksBounded() {
    for (int rate = 20_000; rate < 20_000 + 3 * FilterBanks.CAPACITY; rate++) {
      FilterBanks.get(new SampleRate(rate));
    }

    assertThat(FilterBanks.size()).isEqualTo(FilterBanks.CAPACITY);
  }
}
